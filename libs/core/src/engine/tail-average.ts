/**
 * What a stage leaves behind as the mean of its last models: they go around the point that rounds with a constant
 * learning rate never reach (Polyak & Juditsky 1992; stochastic weight averaging, Izmailov et al. 2018, arXiv
 * 1803.05407, algorithm 1).
 */

import type { Stage } from '../study/study.js';
import type { StageRounds } from './stage-round.js';

/** Global parameters after the rounds of the tail that counted, added up in their order: plain data. */
export interface TailSum {
  readonly rounds: number;
  /** [parameter] */
  readonly sum: Float64Array;
}

/**
 * The same rounds, of which each goes on from the newest parameters; after the last, the parameters are their mean over
 * the rounds of the tail. Those that were aborted do not count, and where all were, the newest parameters stay.
 */
export function withTailAverage(rounds: StageRounds, stage: Stage): StageRounds {
  if (stage.where === 'coordinator' || !stage.average) {
    return rounds;
  }
  const first = stage.rounds - stage.average.last + 1;
  return {
    ...rounds,
    next: async (round, carried) => {
      const finished = await rounds.next(round, carried);
      const { server } = finished.carried;
      const counts = round >= first && finished.outcome.phase === 'completed';
      const tail = counts ? added(carried.tail, server.parameters) : carried.tail;
      if (!tail) {
        return finished;
      }
      const parameters = round === stage.rounds ? meanOf(tail) : server.parameters;
      return { ...finished, carried: { ...finished.carried, server: { ...server, parameters }, tail } };
    },
  };
}

function added(tail: TailSum | undefined, parameters: Float32Array): TailSum {
  return tail
    ? { rounds: tail.rounds + 1, sum: tail.sum.map((value, index) => value + (parameters[index] ?? NaN)) }
    : { rounds: 1, sum: Float64Array.from(parameters) };
}

function meanOf({ rounds, sum }: TailSum): Float32Array {
  return Float32Array.from(sum, (value) => value / rounds);
}
