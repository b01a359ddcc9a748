/** The progress of a run after each of its rounds, from which its result is made in the end. */

import { COORDINATOR } from '@gaitway/core';
import { compareNaturally } from '@gaitway/core/internal';
import type { RoundLine } from '../round-line.js';
import type { ClientResult, RunResult, StageResult } from '../run-result.js';

export interface RunProgress {
  /** The finished stages with at least one completed round. */
  readonly stages: readonly StageResult[];
  readonly evaluation: RunResult['evaluation'];
  readonly clients: readonly ClientResult[];
  /** Total duration of the rounds of the current stage, in seconds. */
  readonly stageSeconds: number;
  /** Whether a round of the current stage has been completed. */
  readonly stageHasLearned: boolean;
}

export const noProgress: RunProgress = {
  stages: [],
  evaluation: {},
  clients: [],
  stageSeconds: 0,
  stageHasLearned: false,
};

/** The progress after one more round; its last round finishes a stage. */
export function withLine(before: RunProgress, line: RoundLine, activities: readonly string[]): RunProgress {
  const { stage, where, rounds, evaluation } = line;
  const seconds = Math.round((before.stageSeconds + line.seconds) * 1000) / 1000; // whole milliseconds, as in lines
  const hasLearned = before.stageHasLearned || line.phase === 'completed';
  const after = {
    ...before,
    evaluation: evaluation ? { ...before.evaluation, [stage]: evaluation } : before.evaluation,
    clients: withRound(before.clients, line.clients, activities),
  };
  if (line.round < rounds) {
    return { ...after, stageSeconds: seconds, stageHasLearned: hasLearned };
  }
  const finished = { name: stage, where, rounds, seconds, parametersSha256: line.parametersSha256 };
  const stages = hasLearned ? [...before.stages, finished] : before.stages;
  return { ...after, stages, stageSeconds: 0, stageHasLearned: false };
}

type Outcome = RoundLine['clients'][number];

/** The clients' results after one more round, in natural order of their names. The coordinator is not a client. */
export function withRound(
  clients: readonly ClientResult[],
  outcomes: readonly Outcome[],
  activities: readonly string[],
): readonly ClientResult[] {
  const byName = new Map(clients.map((client) => [client.name, client]));
  for (const entry of outcomes) {
    if (entry.client !== COORDINATOR) {
      const before = byName.get(entry.client) ?? { name: entry.client, windows: 0, accepted: {}, rounds: 0 };
      byName.set(entry.client, withOutcome(before, entry, activities));
    }
  }
  return [...byName.values()].sort((a, b) => compareNaturally(a.name, b.name));
}

function withOutcome(client: ClientResult, outcome: Outcome, activities: readonly string[]): ClientResult {
  if (outcome.outcome === 'abstained') {
    return { ...client, windows: outcome.windows };
  }
  if (outcome.outcome !== 'answered') {
    return client;
  }
  const { windows, accepted } = outcome.summary ?? { windows: null };
  return {
    name: client.name,
    windows,
    accepted: accepted ? countsByActivity(accepted, activities) : client.accepted,
    rounds: client.rounds + 1,
  };
}

function countsByActivity(counts: readonly (number | null)[], activities: readonly string[]): ClientResult['accepted'] {
  return Object.fromEntries(activities.map((activity, index) => [activity, counts[index] ?? null]));
}
