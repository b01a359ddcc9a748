/** A participant: what a client runs, whatever brought it the task. The coordinator's own windows have one too. */

import { windowCount, type WindowedDataset } from '../data/windows.js';
import { createRng } from '../math/random.js';
import { createNetwork } from '../model/network.js';
import { evaluateActivities } from './evaluate.js';
import { trainingWindows, type LocalData } from './local-data.js';
import { trainLocally } from './local-trainer.js';
import type { StagePlan } from './plan.js';
import type { AbstainReply, Participant, ReplyTo, Task, TrainReply, TrainTask } from './task.js';
import { teacherLabeller, type TeacherLabeller } from './teacher-labels.js';

export interface ParticipantOptions {
  /** The participant's name; part of every draw it makes. */
  readonly client: string;
  /** The study's seed. */
  readonly seed: number;
  /** The study's stages, as both sides agreed on them. */
  readonly stages: readonly StagePlan[];
  readonly data: LocalData;
}

/** The windows as a participant uses them. */
interface Windows {
  /** Without labels. */
  readonly all: WindowedDataset | undefined;
  /** With its own labels. */
  readonly labelled: WindowedDataset | undefined;
  /** Those of all windows that a teacher is sure of, with its labels. */
  readonly labelWithTeacher: TeacherLabeller | undefined;
}

/**
 * The function that answers tasks from a participant's windows. A tfjs backend must be ready when it is called.
 * It rejects when the task names no stage of the study, when training diverges, and when its signal aborts.
 */
export function createParticipant({ client, seed, stages, data }: ParticipantOptions): Participant {
  const all = trainingWindows(data);
  const windows: Windows = { all, labelled: data.labelled, labelWithTeacher: all && teacherLabeller(all) };
  return async <T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>> => {
    const stage = stages.find(({ name }) => name === task.stage);
    if (!stage) {
      throw new Error(`The study has no stage "${task.stage}"`);
    }
    const rng = createRng(seed).fork('train', task.stage, task.round, client);
    const reply =
      task.kind === 'train'
        ? await train(windows, { stage, task, rng, signal })
        : await evaluateActivities(data.test, { stage, task, signal });
    return reply as ReplyTo<T>;
  };
}

interface Work {
  readonly stage: StagePlan;
  readonly task: TrainTask;
  readonly rng: ReturnType<typeof createRng>;
  readonly signal: AbortSignal;
}

async function train(windows: Windows, work: Work): Promise<TrainReply | AbstainReply> {
  const { stage, task, rng, signal } = work;
  const place = { stage: task.stage, round: task.round };
  const available = windows.all ? windowCount(windows.all) : 0;
  const chosen = await windowsFor(windows, work);
  if (!chosen || windowCount(chosen) === 0) {
    return { kind: 'abstain', ...place, reason: reasonToAbstain(stage, available), windows: available };
  }
  const network = createNetwork(stage.network);
  const set = { windows: chosen, transformations: stage.plan.transformations };
  const { parameters, loss } = await trainLocally(network, task.parameters, set, { plan: stage.plan, rng, signal });
  return {
    kind: 'train',
    ...place,
    delta: parameters.map((value, index) => value - task.parameters[index]!),
    examples: windowCount(chosen),
    summary: { windows: available, loss, ...acceptedByActivity(chosen) },
  };
}

/** The windows, with labels where the objective needs them, that this stage learns from. */
async function windowsFor(windows: Windows, { stage, task, signal }: Work): Promise<WindowedDataset | undefined> {
  const { objective } = stage.plan;
  switch (objective.kind) {
    case 'supervised':
      return windows.labelled;
    case 'transformation-discrimination':
      return windows.all;
    case 'self-training':
    case 'self-har':
      if (!task.teacher || !stage.teacherNetwork) {
        throw new Error(`Stage "${stage.name}" needs a teacher and the task brought none`);
      }
      return windows.labelWithTeacher?.(
        { teacher: task.teacher, network: stage.teacherNetwork, selection: objective.selection },
        signal,
      );
  }
}

function reasonToAbstain({ plan }: StagePlan, available: number): string {
  if (available === 0 || plan.objective.kind === 'transformation-discrimination') {
    return 'it has no windows';
  }
  return plan.objective.kind === 'supervised'
    ? 'it has no labelled windows'
    : `the teacher was sure of none of its ${available} windows`;
}

/** Windows by the activity their label gives the highest probability. */
function acceptedByActivity({ labels, startOf }: WindowedDataset): { readonly accepted?: readonly number[] } {
  if (!labels) {
    return {};
  }
  const classes = labels.length / startOf.length;
  const accepted = new Array<number>(classes).fill(0);
  for (let first = 0; first < labels.length; first += classes) {
    const row = labels.subarray(first, first + classes);
    accepted[row.indexOf(Math.max(...row))]!++;
  }
  return { accepted };
}
