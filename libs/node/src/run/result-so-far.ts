/** The result of a run that is not finished: what its finished rounds have come to. */

import type { Study } from '@gaitway/core';
import { noProgress, type RunProgress, withLine } from './events/run-progress.js';
import type { RoundLine } from './round-line.js';
import type { RunResult, StageResult } from './run-result.js';
import type { RunState } from './state/run-state.js';

/** The result of a run as far as it has come. */
export type ResultSoFar = Omit<RunResult, 'model'> & {
  /** Absent as long as the run is not finished. */
  readonly model?: RunResult['model'];
};

/**
 * What an unfinished run has come to. A stage that has begun is among the stages, with the rounds that it has had.
 *
 * @param lines - The rounds that the state counts.
 */
export function resultSoFar(
  { name, seed, activities }: Study,
  { identity, traffic }: RunState,
  lines: readonly RoundLine[],
): ResultSoFar {
  const progress = lines.reduce((before, line) => withLine(before, line, activities), noProgress);
  const { digest, gaitway, backend } = identity;
  return {
    study: { name, digest, seed },
    gaitway,
    backend,
    stages: [...progress.stages, ...begunStage(progress, lines.at(-1))],
    evaluation: progress.evaluation,
    clients: progress.clients,
    traffic,
  };
}

function begunStage({ stageSeconds }: RunProgress, last: RoundLine | undefined): readonly StageResult[] {
  if (!last || last.round === last.rounds) {
    return [];
  }
  const { stage, where, round, parametersSha256 } = last;
  return [{ name: stage, where, rounds: round, seconds: stageSeconds, parametersSha256 }];
}
