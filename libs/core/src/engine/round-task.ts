/**
 * The training task that a round sends to its participants, and the tasks of earlier rounds on whose models clients
 * still train.
 */

import { digestBytes } from '../math/digest.js';
import type { Teacher, TrainTask } from '../train/task.js';
import type { ClientId } from './fleet/fleet.js';
import type { StageContext } from './stage-context.js';
import type { CountedRounds, StageState, EarlierModel } from './stage-state.js';

/** The task of everybody who starts training in that round. */
export async function roundTask(
  { stage, strategy, classPrior }: StageContext,
  round: number,
  { server, labelling, counted }: StageState,
): Promise<TrainTask> {
  return {
    kind: 'train',
    stage: stage.name,
    round,
    parameters: server.parameters,
    ...(classPrior && { classPrior }),
    ...(await teacherPart(labelling)),
    ...(strategy.control && { control: strategy.control.sent(server, counted?.length ?? 0) }),
  };
}

/** Digests of teachers that were sent before: most stages send the same teacher in every round. */
const teachers = new WeakMap<Float32Array, Teacher>();

/** The part of a task that contains the teacher; nothing where there are no parameters to label by. */
async function teacherPart(parameters: Float32Array | undefined): Promise<Pick<TrainTask, 'teacher'>> {
  if (!parameters) {
    return {};
  }
  const teacher = teachers.get(parameters) ?? { digest: await digestBytes(parameters), parameters };
  teachers.set(parameters, teacher);
  return { teacher };
}

/**
 * The task of each client, with the round from which its memory continues. Clients that continue from the same round
 * share one task object, so that it is encoded only once for all of them.
 *
 * @param counted - Undefined in a stage whose clients keep no memory: all of them get the task as it is
 */
export function taskPerClient(task: TrainTask, counted: CountedRounds | undefined): (client: ClientId) => TrainTask {
  if (!counted) {
    return () => task;
  }
  const rounds = new Map(counted);
  const tasks = new Map<number, TrainTask>();
  return (client) => {
    const since = rounds.get(client) ?? 0;
    const known = tasks.get(since) ?? { ...task, since };
    tasks.set(since, known);
    return known;
  };
}

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
