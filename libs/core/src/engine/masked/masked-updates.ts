/**
 * A round whose updates are masked: clients train, then go through secure aggregation together, and the coordinator learns
 * the sum of their updates and no single one. The cryptography is not here; whoever runs the study passes it in.
 */

import { ClientFailure, StudyStopped } from '../../errors.js';
import { type Digest, digestBytes, digestJson } from '../../math/digest.js';
import { largestMaskedCohort, type MaskedStage, SMALLEST_MASKED_COHORT } from '../../study/plans/masked-vectors.js';
import { COORDINATOR } from '../../study/study.js';
import type { TrainTask } from '../../train/task.js';
import { createCancelScope } from '../cancellation.js';
import { type CollectedUpdates, type CollectRequest, collectUpdates } from '../collect-updates.js';
import type { ClientId, Fleet } from '../fleet/fleet.js';
import type { ClientOutcome, ClosedRound } from '../round.js';
import type { MaskedRounds, SecureSumResult } from './secure-sum.js';

/** What a masked round needs beside what every round does. */
export interface MaskedRequest<Aggregate> extends CollectRequest<Aggregate>, MaskedRounds {}

/** How often a round is begun in which enough clients have trained and too few stay until the sum is there. */
const ATTEMPTS = 5;

/**
 * Asks everybody in the plan for a masked update, and adds their sum to the coordinator's own update, if it takes part. A
 * client that leaves before its update is in the sum has failed; the deadline of the plan holds for each message. Where too
 * few are left, everybody is asked anew, once as many are there as a round begins with: a client that was restarted has lost the keys of its update, and not the update.
 *
 * @throws StudyStopped when more clients are asked than a sum has room for; the signal's reason when it aborts
 */
export async function collectMaskedUpdates<Aggregate>(
  fleet: Pick<Fleet, 'ask' | 'concurrency' | 'waitForClients'>,
  request: MaskedRequest<Aggregate>,
  signal: AbortSignal,
): Promise<CollectedUpdates<Aggregate>> {
  requireRoom(request.stage, request.plan.cohort.length);
  for (let left = ATTEMPTS - 1; ; left--) {
    const { isWorthAnother, ...collected } = await attemptOnce(fleet, request, signal);
    if (!isWorthAnother || left === 0) {
      return collected;
    }
    await fleet.waitForClients(request.stage.cohort.minimum, signal); // one that was restarted is not back at once
  }
}

async function attemptOnce<Aggregate>(
  fleet: Pick<Fleet, 'ask' | 'concurrency'>,
  request: MaskedRequest<Aggregate>,
  signal: AbortSignal,
): Promise<CollectedUpdates<Aggregate> & { readonly isWorthAnother: boolean }> {
  const { stage, segments, secureSum, aggregator } = request;
  const minimum = Math.max(SMALLEST_MASKED_COHORT, stage.cohort.quorum);
  const offers = new Map<ClientId, unknown>();
  const onOffer = (client: ClientId, message: unknown): void => void offers.set(client, message);
  const task = { ...request.task, attempt: newAttempt() };
  const trained = await collectUpdates(fleet, { ...request, task, onOffer }, signal);
  if (trained.outcome.phase === 'aborted') {
    return { ...trained, isWorthAnother: false };
  }
  const { round, attempt } = task;
  const result = await secureSum({
    stage: stage.name,
    round,
    attempt,
    model: await workDigest(task),
    segments,
    minimum,
    offers,
    exchange: async (client, message) => {
      const until = deadlineSignal(client, request, signal);
      const next = { kind: 'aggregation', stage: stage.name, round, attempt, message } as const;
      return fleet
        .ask(client, next, until.signal)
        .then((reply) => reply.message)
        .finally(until.release);
    },
  });
  signal.throwIfAborted();
  const outcome = outcomeAfter(trained.outcome, result);
  const aggregate =
    result.phase === 'completed' ? aggregator.addSum?.(trained.aggregate, result.sum) : trained.aggregate;
  return {
    outcome,
    aggregate: aggregate ?? trained.aggregate,
    isWorthAnother: result.phase === 'aborted' && !result.suspects && offers.size >= minimum,
  };
}

function requireRoom(stage: MaskedStage, cohort: number): void {
  const most = largestMaskedCohort(stage);
  if (cohort > most) {
    throw new StudyStopped(
      `Stage "${stage.name}" has secure aggregation: expected cohorts of at most ${most} clients, whose sum fits into 48 bits, found ${cohort}; a smaller maximumExamples or maximumChange allows more`,
    );
  }
}

/** A number that no other attempt has, in whatever process: keys and signatures of one are worth nothing in another. */
function newAttempt(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (high >>> 11) * 2 ** 32 + low;
}

/** Aborts with the outer signal, and at the deadline of a message. */
function deadlineSignal(
  client: ClientId,
  { plan: { deadline }, timer }: Pick<CollectRequest<unknown>, 'plan' | 'timer'>,
  signal: AbortSignal,
): { readonly signal: AbortSignal; readonly release: () => void } {
  const late = new AbortController();
  const scope = createCancelScope(signal);
  const cancel =
    deadline === undefined
      ? undefined
      : timer?.after(deadline, () => {
          late.abort(new ClientFailure(client, `no answer within ${deadline} s`));
        });
  return {
    signal: AbortSignal.any([scope.signal, late.signal]),
    release: () => {
      cancel?.();
      scope.release();
    },
  };
}

/** How the round ended: of those who trained, only the survivors' updates are in the sum. */
function outcomeAfter(trained: ClosedRound, result: SecureSumResult): ClosedRound {
  const survivors = new Set(result.phase === 'completed' ? [...result.survivors, COORDINATOR] : [COORDINATOR]);
  const clients = trained.clients.map((outcome): ClientOutcome => {
    const { client } = outcome;
    const reason = result.reasons.get(client);
    const isOut = result.phase === 'completed' ? !survivors.has(client) : reason !== undefined;
    return outcome.outcome === 'answered' && isOut
      ? { client, outcome: 'failed', reason: reason ?? 'its masked update is not in the sum' }
      : outcome;
  });
  return result.phase === 'completed'
    ? { phase: 'completed', clients }
    : {
        phase: 'aborted',
        clients,
        reason: `secure aggregation: ${result.reason}`,
        ...(result.suspects && { suspects: result.suspects }),
      };
}

/**
 * Digest of the parameters, the teacher and the class prior of a round: clients that were sent others have another one, so
 * their masks do not cancel with those of the rest (against Pasquini et al. 2022, arXiv 2111.07380).
 *
 * @param digestOf - Of parameters; where they came with a verified digest, it need not be computed again
 */
export async function workDigest(
  { parameters, teacher, classPrior }: Pick<TrainTask, 'parameters' | 'teacher' | 'classPrior'>,
  digestOf: (parameters: Float32Array) => Promise<Digest> = digestBytes,
): Promise<Digest> {
  return digestJson([await digestOf(parameters), teacher?.digest ?? null, classPrior ?? null]);
}
