/** Whose parameters label the windows of each round: an earlier stage's, or those of the very stage. */

import { digestBytes } from '../math/digest.js';
import { NEWEST, type Stage } from '../study/study.js';
import { isEarlierStage } from '../study/plans/teacher-plan.js';
import type { Teacher, TrainTask } from '../train/task.js';
import { resultOf, type StudyResult } from './stage-inputs.js';

/** Parameters that go out with a round's tasks, so that clients label by them. Arrays are never changed in place. */
export interface RoundTeacher {
  /** Before the first round, which starts from `start`; undefined where clients need none but these. */
  init(start: Float32Array): Float32Array | undefined;
  /** After a round that counts, with the global parameters after it. */
  next(sent: Float32Array | undefined, newest: Float32Array): Float32Array | undefined;
}

/** Nobody labels, or the parameters that the round starts from do: they are in every task. */
const nothingSent: RoundTeacher = { init: () => undefined, next: () => undefined };

function earlierStage(name: string, results: StudyResult): RoundTeacher {
  return { init: () => resultOf(name, results), next: (sent) => sent };
}

/**
 * The exponential moving average of the global parameters, θ̄ ← decay · θ̄ + (1 - decay) · θ (mean teacher, Tarvainen &
 * Valpola 2017, arXiv 1703.01780, section 2). The rounds' parameters are all that it depends on.
 */
function movingAverage(decay: number): RoundTeacher {
  return {
    init: (start) => start,
    next: (sent, newest) => sent && newest.map((value, index) => decay * (sent[index] ?? NaN) + (1 - decay) * value),
  };
}

export function createRoundTeacher({ teacher }: Stage, results: StudyResult): RoundTeacher {
  if (teacher === undefined || teacher === NEWEST) {
    return nothingSent;
  }
  return isEarlierStage(teacher) ? earlierStage(teacher, results) : movingAverage(teacher.decay);
}

/** Of the parameters that a round's tasks brought: most stages send the same in all rounds. */
const teachers = new WeakMap<Float32Array, Teacher>();

/** The part of a task that brings the teacher. */
export async function teacherOf(parameters: Float32Array | undefined): Promise<Pick<TrainTask, 'teacher'>> {
  if (!parameters) {
    return {};
  }
  const teacher = teachers.get(parameters) ?? { digest: await digestBytes(parameters), parameters };
  teachers.set(parameters, teacher);
  return { teacher };
}
