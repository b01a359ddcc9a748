/** Trains tasks jointly on one core, or one of them alone. */

import { createRng } from '../math/random.js';
import { initialParameters } from '../model/parameters/initial-parameters.js';
import type { LossWeightRule } from '../model/loss-weights/rule.js';
import type { ByHead, NetworkSpec } from '../model/network-spec.js';
import { createNetwork } from '../model/network.js';
import { inputShape, type WindowShape } from '../data/windows.js';
import type { EpochReport } from '../train/loop/epochs.js';
import { trainLocally } from '../train/loop/local-trainer.js';
import { lossWeightRule } from '../train/loss-weights/loss-weight-plan.js';
import { predictWindows } from '../train/loop/predict.js';
import type { TrainingSet } from '../train/loop/training-set.js';
import type { TasksPlan } from './task-plan.js';
import type { TaskData } from './prepare-task-data.js';
import type { TaskWindows } from './task-windows.js';

export interface TaskWatch {
  /** Called with each epoch, and awaited before the next one. */
  readonly onEpoch: (epoch: EpochReport) => Promise<void>;
  readonly signal: AbortSignal;
}

/** A trained network. */
export interface TaskModel {
  readonly network: NetworkSpec;
  readonly parameters: Float32Array;
  /** The epoch whose parameters these are. */
  readonly bestEpoch: number;
}

/**
 * Trains all tasks on one core, weighed as the plan says. A tfjs backend must be ready.
 *
 * @throws Error when training diverges, and the signal's reason when it aborts.
 */
export function trainJointly(plan: TasksPlan, data: TaskData, watch: TaskWatch): Promise<TaskModel> {
  const lossWeights = lossWeightRule(plan.weights);
  return train(plan, data, { ...watch, tasks: Object.keys(plan.tasks), lossWeights });
}

/**
 * Trains one task under the conditions of the joint training: the same initial core and head, the same batches of the
 * same windows in the same order, and as many steps. Windows without a label of the task are in the batches but do not
 * contribute.
 *
 * @throws Error when training diverges, and the signal's reason when it aborts.
 */
export function trainAlone(plan: TasksPlan, task: string, data: TaskData, watch: TaskWatch): Promise<TaskModel> {
  return train(plan, data, { ...watch, tasks: [task] });
}

/** Predictions of each of the model's tasks, shape [window, output]. */
export async function predictTasks(
  { network, parameters }: TaskModel,
  { windows }: TaskWindows,
  signal: AbortSignal,
): Promise<ByHead<Float32Array>> {
  const predictions: Record<string, Float32Array> = {};
  for (const { name } of network.heads) {
    predictions[name] = await predictWindows(createNetwork(network), parameters, windows, { head: name, signal });
  }
  return predictions;
}

interface Training extends TaskWatch {
  readonly tasks: readonly string[];
  readonly lossWeights?: LossWeightRule;
}

async function train(plan: TasksPlan, data: TaskData, { tasks, onEpoch, ...rest }: Training): Promise<TaskModel> {
  const { seed, length, batch: batchSize, optimizer } = plan;
  const network = createNetwork(networkOf(plan, tasks, inputShape(data.training.windows)));
  const rng = createRng(seed).fork('tasks');
  const start = initialParameters(network.layout, rng.fork('start'));
  let epochs = 0;
  const { parameters, bestEpoch } = await trainLocally(network, start, trainingSet(data.training), {
    plan: { batchSize, length, optimizer, trainable: 'all' },
    rng: rng.fork('train'),
    validation: trainingSet(data.validation),
    onEpoch: async (report) => {
      epochs = report.epoch;
      await onEpoch(report);
    },
    ...rest,
  });
  return { network: network.spec, parameters, bestEpoch: bestEpoch ?? epochs };
}

function networkOf({ network, tasks: plans }: TasksPlan, tasks: readonly string[], window: WindowShape): NetworkSpec {
  const heads = tasks.map((name) => {
    const { kind, outputs, hiddenUnits } = plans[name]!;
    return { name, kind, outputs, hiddenUnits };
  });
  return { window, ...network, heads };
}

function trainingSet({ windows, labels }: TaskWindows): TrainingSet {
  return { windows, labels, transformations: [] };
}
