/** The progress of a run after each of its rounds, from which its result is made in the end. */

import type { ClientResult, RunResult, StageResult } from '../run-result.js';
import { withRound } from './client-tally.js';
import type { RoundLine } from '../round-line.js';

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
