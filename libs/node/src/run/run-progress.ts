/** What is known of a run after each of its rounds; at the end, its result. */

import type { ClientResult, RunResult, StageResult } from './run-result.js';
import { withRound } from './client-tally.js';
import type { RoundLine } from './round-line.js';

export interface RunProgress {
  /** Finished stages. */
  readonly stages: readonly StageResult[];
  readonly evaluation: RunResult['evaluation'];
  readonly clients: readonly ClientResult[];
  /** Seconds of the rounds of the stage that goes on. */
  readonly stageSeconds: number;
}

export const noProgress: RunProgress = { stages: [], evaluation: {}, clients: [], stageSeconds: 0 };

/** Progress with one more round; its last round finishes a stage. */
export function withLine(before: RunProgress, line: RoundLine, activities: readonly string[]): RunProgress {
  const { stage, where, rounds, evaluation } = line;
  const seconds = before.stageSeconds + line.seconds;
  const after = {
    ...before,
    evaluation: evaluation ? { ...before.evaluation, [stage]: evaluation } : before.evaluation,
    clients: withRound(before.clients, line.clients, activities),
  };
  if (!isLastRound(line)) {
    return { ...after, stageSeconds: seconds };
  }
  const finished = { name: stage, where, rounds, seconds, parametersSha256: line.parametersSha256 };
  return { ...after, stages: [...before.stages, finished], stageSeconds: 0 };
}

/** Whether a round is the last of its stage. */
export function isLastRound({ round, rounds }: { readonly round: number; readonly rounds: number }): boolean {
  return round === rounds;
}
