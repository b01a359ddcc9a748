/**
 * The end of a round: the secrets that the revealed shares restore, the masks that they expand to, and the sum without them
 * (Bonawitz et al. 2017, round 4). Only masks of the sum are ever restored; no client's own vector can be.
 */

import { combineShares, secretWeights } from '../arithmetic/shamir.js';
import { centred } from '../arithmetic/residues.js';
import { firstOutside } from '../arithmetic/ring.js';
import { ownMaskKey, pairMask } from '../cohort/mask-keys.js';
import { areEqual, publicKeyOf } from '../keys/agreement.js';
import { addMasks, type Mask } from '../keys/masks.js';
import { seedCommitmentOf } from '../messages/transcripts.js';
import { AggregationRefused } from '../refusal.js';
import type { Aborted, Completed, Revealing } from './coordinator-state.js';

/** The sum, or why there is none. */
export function unmasked(state: Revealing): Completed | Aborted {
  const { settings, cohort, survivors, faults, sum } = state;
  try {
    const secrets = restoredSecrets(state);
    addMasks(sum.values, [...masksToRemove(state, secrets)], cohort.ring, settings.primitives);
  } catch (error) {
    if (!(error instanceof AggregationRefused)) {
      throw error;
    }
    const { client, message: reason } = error;
    return client === undefined
      ? { phase: 'aborted', reason, faults }
      : { phase: 'aborted', reason, faults: [...faults, { client, reason }], suspects: [client] };
  }
  const values = centred(sum.values, cohort.ring);
  const outside = firstOutside(values, settings.terms.segments, survivors.length);
  if (outside >= 0) {
    const reason = `the sum is beyond what ${survivors.length} clients within their bounds can have, at value ${outside}`;
    return { phase: 'aborted', reason, faults, suspects: survivors };
  }
  return { phase: 'completed', sum: values, survivors, faults };
}

/** Of each client that has dealt shares: the seed of a survivor, the secret mask key of one that dropped out. */
function restoredSecrets(state: Revealing): ReadonlyMap<string, Uint8Array> {
  const weightsOf = weightsByPoints();
  return new Map([...state.dealt.keys()].map((dealer) => [dealer, restoredSecret(state, dealer, weightsOf)]));
}

function restoredSecret(
  state: Revealing,
  dealer: string,
  weightsOf: (points: readonly number[]) => Uint8Array,
): Uint8Array {
  const { settings, cohort, revealed, survivors, unreadable } = state;
  const held = cohort.holdersOf(dealer).flatMap((holder, index) => {
    const share = revealed.get(holder)?.get(dealer);
    return share ? [{ point: index + 1, share }] : [];
  });
  if (held.length < cohort.threshold) {
    const complaints = unreadable.get(dealer) ?? 0;
    const isDealersFault = held.length + complaints >= cohort.threshold;
    const reason = `${held.length} shares of ${dealer} were revealed and ${complaints} could not be read, ${cohort.threshold} are needed`;
    throw new AggregationRefused(reason, isDealersFault ? dealer : undefined);
  }
  const used = held.slice(0, cohort.threshold);
  const weights = weightsOf(used.map(({ point }) => point));
  const secret = combineShares(
    used.map(({ share }) => share),
    weights,
  );
  const member = cohort.members.get(dealer)!;
  const [found, expected] = survivors.includes(dealer)
    ? [seedCommitmentOf(settings.terms.context, dealer, secret), member.seedCommitment]
    : [publicKeyOf(secret), member.maskKey];
  if (!areEqual(found, expected)) {
    throw new AggregationRefused('has dealt shares that are not of the secret to which it is committed', dealer);
  }
  return secret;
}

/** In a small cohort the same clients hold the shares of all: the weights are worked out once. */
function weightsByPoints(): (points: readonly number[]) => Uint8Array {
  const known = new Map<string, Uint8Array>();
  return (points) => {
    const key = points.join();
    const weights = known.get(key) ?? secretWeights(points);
    known.set(key, weights);
    return weights;
  };
}

/** What the sum has of masks, with the opposite signs: survivors' own, and those of survivors for whoever dropped out. */
function* masksToRemove(state: Revealing, secrets: ReadonlyMap<string, Uint8Array>): Generator<Mask> {
  const { settings, cohort } = state;
  const survivors = new Set(state.survivors);
  for (const [name, secret] of secrets) {
    if (survivors.has(name)) {
      yield { key: ownMaskKey(settings.terms, cohort, secret), sign: -1 };
      continue;
    }
    const agree = settings.primitives.agreement(secret);
    for (const neighbour of cohort.holdersOf(name).filter((holder) => survivors.has(holder))) {
      // Its own vector would have had the opposite of what the neighbour's has.
      yield pairMask(settings.terms, cohort, { name, agree }, neighbour);
    }
  }
}
