/** The models of earlier rounds on which clients still train, and the tasks made of them. */

import type { TrainTask } from '../../train/task.js';
import { teacherPart } from '../round-task.js';
import type { StageContext } from '../stage-context.js';
import type { EarlierModel, StageState } from '../stage-state.js';

/**
 * The models in some tasks of earlier rounds, one for each round.
 *
 * @param labelling - The parameters of the current teacher: a task's teacher is left out where it is the same
 */
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

/** The tasks of the earlier rounds whose models the state holds, by round. */
export async function earlierTasks(
  { stage, classPrior }: StageContext,
  { buffer, labelling }: StageState,
): Promise<ReadonlyMap<number, TrainTask>> {
  const current = await teacherPart(labelling);
  const same = { kind: 'train', stage: stage.name, ...(classPrior && { classPrior }), ...current } as const;
  return new Map((buffer?.models ?? []).map((model) => [model.round, { ...same, ...model }] as const));
}
