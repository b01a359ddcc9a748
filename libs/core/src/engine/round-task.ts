/** The training task that a round sends to its participants. */

import { digestBytes } from '../math/digest.js';
import type { Teacher, TrainTask } from '../train/task.js';
import type { ClientId } from './fleet/fleet.js';
import type { StageContext } from './stage-context.js';
import type { CountedRounds, StageState } from './stage-state.js';

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
export async function teacherPart(parameters: Float32Array | undefined): Promise<Pick<TrainTask, 'teacher'>> {
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
