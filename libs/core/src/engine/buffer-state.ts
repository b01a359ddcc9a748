/** What goes on from one buffered round to the next, as plain data. */

import type { Stage } from '../study/study.js';
import type { TrainTask } from '../train/task.js';
import type { ClientId } from './fleet.js';
import { teacherOf } from './round-teacher.js';

/** Kept where answers come in an order of their own; elsewhere whoever was at work is asked anew. */
export interface BufferState {
  /** Simulated time. */
  readonly now: number;
  /** Who is at work: on the task of which round, and until when. */
  readonly atWork: readonly { readonly client: ClientId; readonly round: number; readonly due: number }[];
  /** Earlier rounds' models that are still needed. */
  readonly models: readonly EarlierModel[];
}

/** What a round's tasks brought; without the teacher where that is still the stage's. */
export type EarlierModel = Pick<TrainTask, 'round' | 'parameters' | 'teacher'>;

/** What was sent in earlier rounds, each once. @param labelling - The stage's teacher now */
export function earlierModels(
  tasks: Iterable<TrainTask>,
  labelling: Float32Array | undefined,
): readonly EarlierModel[] {
  const byRound = new Map([...tasks].map((task) => [task.round, task]));
  return [...byRound.values()].map(({ round, parameters, teacher }) => ({
    round,
    parameters,
    ...(teacher && teacher.parameters !== labelling && { teacher }),
  }));
}

/** The tasks behind the models, by their rounds. */
export async function earlierTasks(
  { name }: Stage,
  models: readonly EarlierModel[],
  given: Pick<TrainTask, 'classPrior'>,
  labelling: Float32Array | undefined,
): Promise<ReadonlyMap<number, TrainTask>> {
  const now = await teacherOf(labelling);
  return new Map(
    models.map((model) => [model.round, { kind: 'train', stage: name, ...given, ...now, ...model }] as const),
  );
}
