/** Recalls the state from which a participant continues in a stage that needs its memory. */

import { totalSize } from '../../math/ranges.js';
import { type ParameterLayout, partRanges } from '../../model/parameters/layout.js';
import { keepsMemory, type ClientMemory, type ClientState, type LostState } from './client-memory.js';
import type { LocalPlan, StagePlan } from '../plan.js';
import type { TrainTask } from '../task.js';

export interface RestoredState {
  /** Empty where there is none: then the participant starts anew. */
  readonly state: ClientState;
  /** Why it starts anew, although an answer of it has counted. */
  readonly lost?: LostState;
}

/**
 * The state after the last answer that counted, or an empty state where it is lost: a client that has lost its memory
 * does not stop the study. A state of other sizes does not belong to this stage, and counts as damaged.
 *
 * @throws Error when the stage needs a memory and the task does not say which round to continue from
 */
export async function restoreState(
  memory: ClientMemory,
  { name, plan }: StagePlan,
  layout: ParameterLayout,
  { since }: TrainTask,
): Promise<RestoredState> {
  if (!keepsMemory(plan)) {
    return { state: {} };
  }
  if (since === undefined) {
    throw new Error(`Stage "${name}" goes on from earlier rounds, and the task does not say from which`);
  }
  if (since === 0) {
    return { state: {} };
  }
  const found = await memory.recall(name, since);
  if (typeof found === 'string') {
    return { state: {}, lost: found };
  }
  return hasSizes(found, sizesOf(plan, layout)) ? { state: found } : { state: {}, lost: 'damaged' };
}

type Sizes = Readonly<Record<keyof ClientState, number | undefined>>;

function sizesOf({ controlVariate, personal, compress }: LocalPlan, layout: ParameterLayout): Sizes {
  const { named, others } = partRanges(layout, personal?.parts ?? []);
  return {
    control: controlVariate ? layout.size : undefined,
    residual: compress?.feedback ? totalSize(others) : undefined,
    personal: personal ? totalSize(named) : undefined,
  };
}

function hasSizes(state: ClientState, { control, residual, personal }: Sizes): boolean {
  return (
    state.control?.length === control && state.residual?.length === residual && state.personal?.length === personal
  );
}
