/** A participant's training in one round, with the state that it keeps from earlier rounds and for later ones. */

import type { Rng } from '../math/random.js';
import { putRanges } from '../math/ranges.js';
import { createNetwork } from '../model/network.js';
import { partRanges } from '../model/parameters/layout.js';
import type { ClientMemory, LostState } from './memory/client-memory.js';
import { correctionOf, type ControlVariates, localUpdate, type LocalUpdate } from './local-update.js';
import { stepCount, exampleCount, type TrainingSet } from './loop/training-set.js';
import { lossWeightRule } from './loss-weights/loss-weight-plan.js';
import type { StagePlan } from './plan.js';
import { trainAsPlanned } from './loop/planned-training.js';
import { restoreState, type RestoredState } from './memory/restored-state.js';
import type { TrainTask } from './task.js';

export interface RoundWork {
  readonly stage: StagePlan;
  readonly task: TrainTask;
  readonly memory: ClientMemory;
  readonly rng: Rng;
  readonly signal: AbortSignal;
}

export interface LocalRound extends LocalUpdate {
  readonly loss: number;
  /** Why it started without its state, where it should have continued from an earlier round. */
  readonly lost?: LostState | undefined;
}

export async function localRound(
  set: TrainingSet,
  { stage, task, memory, rng, signal }: RoundWork,
): Promise<LocalRound> {
  const { plan } = stage;
  const network = createNetwork(stage.network);
  const recollection = await restoreState(memory, stage, network.layout, task);
  const parts = partRanges(network.layout, plan.personal?.parts ?? []);
  const control = plan.controlVariate ? controlOf(stage, task, recollection) : undefined;
  const { personal } = recollection.state;
  const start = personal ? putRanges(task.parameters, parts.named, personal) : task.parameters;
  const { parameters, loss } = await trainAsPlanned(network, start, set, {
    plan,
    rng,
    signal,
    lossWeights: lossWeightRule(plan.lossWeights ?? 'equal', task.round),
    correction: control && correctionOf(control),
  });
  const steps = stepCount(plan.length, plan.batchSize, exampleCount(set));
  const departure = { plan, global: task.parameters, parts, before: recollection.state, control };
  const update = localUpdate(departure, { parameters, steps }, rng.fork('compress'));
  return { ...update, loss, lost: recollection.lost };
}

/**
 * A client's own control variate begins at zero. A client that has lost it uses the global one, the mean of all: its
 * steps in this round are not corrected, and the sum at the coordinator, which still contains the lost one, stays
 * approximately right.
 *
 * @throws Error when the task has no control variate of the network's size
 */
function controlOf(
  { name }: StagePlan,
  { control, parameters }: TrainTask,
  { state, lost }: RestoredState,
): ControlVariates {
  if (control?.length !== parameters.length) {
    const found = control ? `${control.length} numbers` : 'nothing';
    throw new Error(`Stage "${name}" expected a control variate of ${parameters.length} numbers, found ${found}`);
  }
  return { global: control, own: state.control ?? (lost ? control : new Float32Array(control.length)) };
}
