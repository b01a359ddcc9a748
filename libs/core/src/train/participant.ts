/**
 * The participant, which answers tasks from its windows, however the tasks reach it. Clients run one, and so does the
 * coordinator for its own windows.
 */

import { windowCount, type WindowedDataset } from '../data/windows.js';
import type { Delta } from '../federated/compression/compression-plan.js';
import { createRng, type Rng } from '../math/random.js';
import { mostProbable } from '../metrics/probabilities.js';
import { keepsMemory, memoryInRam, type ClientMemory } from './memory/client-memory.js';
import { evaluateActivities } from './loop/evaluate.js';
import { labellers as builtInLabellers, type Labellers, teacherPredictor } from './labelling/labellers.js';
import { trainingWindows, type LocalData } from './local-data.js';
import { versionsOf, type TrainingSet } from './loop/training-set.js';
import { localRound } from './local-round.js';
import type { StagePlan } from './plan.js';
import { reasonToAbstain, stageWindows, type OwnWindows, type StageTask } from './stage-windows.js';
import type { AbstainReply, Participant, ReplyTo, Task, TrainReply } from './task.js';

/** What a participant is made of. */
export interface ParticipantOptions {
  /** Name of the participant; part of the seed of all its random draws. */
  readonly client: string;
  /** The study's seed. */
  readonly seed: number;
  /** The study's stages, as both sides have agreed on them. */
  readonly stages: readonly StagePlan[];
  readonly data: LocalData;
  /** Labellers of the study's author, in addition to the built-in ones. */
  readonly labellers?: Labellers;
  /** What the participant keeps from round to round, in stages that need it; by default in RAM. */
  readonly memory?: ClientMemory;
}

/**
 * The function that answers tasks from a participant's windows. A tfjs backend must be ready when it is called. It
 * rejects when the task names no stage of the study, when training diverges, and when its signal aborts.
 */
export function createParticipant(options: ParticipantOptions): Participant {
  const { client, seed, stages, data, labellers, memory = memoryInRam() } = options;
  const all = trainingWindows(data);
  const predictWithTeacher = all && teacherPredictor(all, { ...builtInLabellers, ...labellers });
  const own: OwnWindows = { all, labelled: data.labelled, predictWithTeacher, truth: data.truth };
  return async <T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>> => {
    const stage = stages.find(({ name }) => name === task.stage);
    if (!stage) {
      throw new Error(`The study has no stage "${task.stage}"`);
    }
    if (task.kind === 'aggregation') {
      throw new Error(
        `Stage "${task.stage}" has an update to mask: expected a participant with keys, found one without`,
      );
    }
    const rng = taskRng(seed, task, client);
    const reply =
      task.kind === 'train'
        ? await train(own, { stage, task, rng, signal, memory })
        : await evaluateActivities(data.test, { stage, task, rng, signal });
    return reply as ReplyTo<T>;
  };
}

/** The random source of a participant's answer to a task. */
export function taskRng(seed: number, { stage, round }: Pick<Task, 'stage' | 'round'>, client: string): Rng {
  return createRng(seed).fork('train', stage, round, client);
}

interface Work extends StageTask {
  readonly rng: Rng;
  readonly memory: ClientMemory;
}

async function train(own: OwnWindows, work: Work): Promise<TrainReply<Delta> | AbstainReply> {
  const { stage, task, signal, memory } = work;
  const place = { stage: task.stage, round: task.round };
  const available = own.all ? windowCount(own.all) : 0;
  const found = await stageWindows(own, work);
  if (!found || windowCount(found.windows) === 0) {
    return { kind: 'abstain', ...place, reason: reasonToAbstain(stage, own.all), windows: available };
  }
  const { quality, ...chosen } = found;
  const set: TrainingSet = { ...chosen, ...versionsOf(stage.plan) };
  const { loss, lost, state, ...update } = await localRound(set, work);
  // Must happen before the answer is sent, because from then on it may be counted.
  if (keepsMemory(stage.plan)) {
    signal.throwIfAborted();
    await memory.keep({ ...place, since: task.since ?? 0 }, state);
  }
  return {
    kind: 'train',
    ...place,
    ...update,
    examples: windowCount(chosen.windows),
    summary: {
      windows: available,
      loss,
      ...acceptedByActivity(chosen.windows),
      ...(lost && { lost }),
      ...(quality && { labels: quality }),
    },
  };
}

/** Number of windows by the most probable activity of their label; windows without a label are not counted. */
function acceptedByActivity({ labels, startOf }: WindowedDataset): { readonly accepted?: readonly number[] } {
  if (!labels) {
    return {};
  }
  const classes = labels.length / startOf.length;
  const accepted = new Array<number>(classes).fill(0);
  for (let window = 0; window < startOf.length; window++) {
    if (!Number.isNaN(labels[window * classes])) {
      accepted[mostProbable(labels, window, classes)]!++;
    }
  }
  return { accepted };
}
