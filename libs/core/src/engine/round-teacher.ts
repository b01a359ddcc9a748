/** Which parameters label the clients' windows in each round: those of an earlier stage, or of the stage itself. */

import { NEWEST, type Stage } from '../study/study.js';
import { isMovingAverage } from '../study/plans/teacher-plan.js';
import { resultOf, type StudyResult } from './starting-point.js';

/** The parameters sent along with a round's tasks, for clients to label by. Arrays are never changed in place. */
export interface RoundTeacher {
  /** The parameters for the first round, which starts from `start`; undefined where none are sent. */
  init(start: Float32Array): Float32Array | undefined;
  /** The parameters for the next round, after a round that counts left the global parameters `newest`. */
  next(sent: Float32Array | undefined, newest: Float32Array): Float32Array | undefined;
}

/** Nothing is sent: nobody labels, or clients label by the global parameters, which every task contains. */
const nothingSent: RoundTeacher = { init: () => undefined, next: () => undefined };

function earlierStage(name: string, results: StudyResult): RoundTeacher {
  return { init: () => resultOf(name, results), next: (sent) => sent };
}

/**
 * The exponential moving average of the global parameters, θ̄ ← decay · θ̄ + (1 - decay) · θ (mean teacher, Tarvainen &
 * Valpola 2017, arXiv 1703.01780, section 2). It depends on nothing but the parameters of the rounds.
 */
function movingAverage(decay: number): RoundTeacher {
  return {
    init: (start) => start,
    next: (sent, newest) => sent && newest.map((value, index) => decay * (sent[index] ?? NaN) + (1 - decay) * value),
  };
}

/** The teacher that a stage asks for. @param results - The parameters of the stages before it */
export function createRoundTeacher({ teacher }: Stage, results: StudyResult): RoundTeacher {
  if (teacher === undefined || teacher === NEWEST) {
    return nothingSent;
  }
  return isMovingAverage(teacher) ? movingAverage(teacher.decay) : earlierStage(teacher, results);
}
