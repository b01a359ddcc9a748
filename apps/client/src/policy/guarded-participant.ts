/**
 * A participant that has the last word: it does only work that the study plans, gives no update that too few windows or
 * steps are behind, and withholds small counts. Nothing that is not named here leaves.
 */

import type { Participant, ReplyTo, Study, Task, TrainTask } from '@gaitway/core';
import { stagePlans } from '@gaitway/core/study';
import { stepsOfAtLeast, type LocalPlan } from '@gaitway/core/train';
import { reasonToTell } from './reason-to-tell.js';
import type { SitePolicy } from './site-policy.js';
import { withholdSmall } from './withheld-counts.js';
import { workChecks } from './work-checks.js';

export interface GuardOptions {
  readonly study: Study;
  readonly policy: SitePolicy;
  /** The number of windows that the client holds, where it is known. */
  readonly windows?: number | undefined;
}

type TrainReply = ReplyTo<TrainTask>;
type Place = Pick<TrainTask, 'stage' | 'round'>;

/**
 * Guards a participant. Rejects with a WorkRefused for work that the study does not plan; abstains, with a reason, where
 * too little would be behind the update.
 */
export function guardedParticipant(participant: Participant, options: GuardOptions): Participant {
  const { study, policy, windows } = options;
  const check = workChecks(study);
  const plans = new Map(stagePlans(study).map(({ name, plan }) => [name, plan]));
  const train = async (task: TrainTask, signal: AbortSignal): Promise<TrainReply> => {
    const plan = plans.get(task.stage);
    if (windows !== undefined && windows < policy.floors.windows) {
      return abstention(task, tooFewWindows(policy), windows, policy);
    }
    const reply = await inTime(participant, task, signal, policy);
    if (reply === undefined) {
      return abstention(task, tooLong(policy), windows ?? null, policy);
    }
    if (reply.kind === 'abstain') {
      return abstention(task, reasonToTell(reply.reason), reply.windows, policy);
    }
    requireReadable(reply);
    const reason = plan && reasonAgainst(plan, reply.examples, policy);
    if (reason !== undefined) {
      return abstention(task, reason, reply.summary.windows, policy);
    }
    return withheld(reply, policy, plan !== undefined && 'labelling' in plan.objective);
  };
  return async <T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>> => {
    await check(task);
    signal.throwIfAborted();
    return (await train(task as TrainTask, signal)) as ReplyTo<T>;
  };
}

/** What is protected already cannot be guarded any more. */
function requireReadable(reply: TrainReply): asserts reply is Update {
  if (reply.kind !== 'train') {
    throw new Error('Expected an update as it was trained, found one that is masked or noisy');
  }
}

const MS_PER_MINUTE = 60_000;

/** The reply; undefined where the training was ended because it took longer than the policy gives it. */
async function inTime(
  participant: Participant,
  task: TrainTask,
  signal: AbortSignal,
  { ceilings }: SitePolicy,
): Promise<TrainReply | undefined> {
  const timeout = AbortSignal.timeout(ceilings.minutes * MS_PER_MINUTE);
  try {
    return await participant(task, AbortSignal.any([signal, timeout]));
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) {
      return undefined;
    }
    throw error;
  }
}

function tooLong({ ceilings }: SitePolicy): string {
  return `its policy gives one training at most ${ceilings.minutes} minutes`;
}

/** Why nothing that was learned from so many windows may leave; undefined where it may. */
function reasonAgainst(plan: LocalPlan, windows: number, policy: SitePolicy): string | undefined {
  const { floors } = policy;
  if (windows < floors.windows) {
    return tooFewWindows(policy);
  }
  return stepsOfAtLeast(plan, floors.batch)(windows) < floors.steps
    ? `its policy wants at least ${floors.steps} steps of at least ${floors.batch} examples behind an update`
    : undefined;
}

function tooFewWindows({ floors }: SitePolicy): string {
  return `its policy wants at least ${floors.windows} windows behind an update`;
}

function abstention(
  { stage, round }: Place,
  reason: string,
  windows: number | null,
  { floors }: SitePolicy,
): TrainReply {
  return { kind: 'abstain', stage, round, reason, windows: windows === null || windows < floors.cell ? null : windows };
}

type Update = Extract<TrainReply, { readonly kind: 'train' }>;

/** @param selects - Whether the stage used only some of the windows */
function withheld(
  { stage, round, delta, control, examples, summary }: Update,
  { floors, statistics }: SitePolicy,
  selects: boolean,
): Update {
  const { windows, accepted, loss, lost } = summary;
  const used = (accepted ?? []).map((count) => count ?? 0);
  // Those that were not accepted are a number too, which follows from the others.
  const others = selects ? [windows - used.reduce((sum, count) => sum + count, 0)] : [];
  const told = withholdSmall([...used, ...others], floors.cell).slice(0, used.length);
  const counts = accepted && statistics.includes('accepted') && { accepted: told };
  return {
    kind: 'train',
    stage,
    round,
    delta,
    ...(control && { control }),
    examples,
    summary: { windows, ...counts, loss, ...(lost && { lost }) },
  };
}
