/** What is known of a run after each of its rounds; at the end, its result. */

import type { ClientResult, RunResult, StageResult } from './run-result.js';
import { withRound } from './client-tally.js';
import type { RoundLine } from './round-line.js';

export interface RunProgress {
  /** Finished stages: those of which a round was completed. */
  readonly stages: readonly StageResult[];
  readonly evaluation: RunResult['evaluation'];
  readonly clients: readonly ClientResult[];
  /** Seconds of the rounds of the stage that goes on. */
  readonly stageSeconds: number;
  /** Whether that stage has learned anything yet. */
  readonly stageHasLearned: boolean;
}

export const noProgress: RunProgress = {
  stages: [],
  evaluation: {},
  clients: [],
  stageSeconds: 0,
  stageHasLearned: false,
};

/** Progress with one more round; its last round finishes a stage. */
export function withLine(before: RunProgress, line: RoundLine, activities: readonly string[]): RunProgress {
  const { stage, where, rounds, evaluation } = line;
  const seconds = Math.round((before.stageSeconds + line.seconds) * 1000) / 1000; // milliseconds, as lines have them
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
