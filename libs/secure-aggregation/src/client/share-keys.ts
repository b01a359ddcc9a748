/**
 * A client's second step: it checks who takes part, and deals shares of its two secrets (Bonawitz et al. 2017, round 1).
 * From here on a coordinator can end the round, but no longer choose who is in it.
 */

import { SMALLEST_MASKED_COHORT } from '@gaitway/core/study';
import { MOST_SHARES, splitSecret } from '../arithmetic/shamir.js';
import { type Cohort, cohortOf, repeatedKeys, requireHonestOffer, thresholdFor } from '../cohort/cohort.js';
import { agreedSecret, deriveKey, KEY_BYTES, seal } from '../keys/agreement.js';
import type { Roster, ShareOffer } from '../messages/messages.js';
import { COMMITMENTS_BYTES, readRoster } from '../messages/read-message.js';
import { boxPurpose, shareCommitment } from '../messages/transcripts.js';
import { AggregationRefused } from '../refusal.js';
import type { ClientSettings, ClientStep, HeldShares, Offered, Shared } from './client-state.js';

/** @throws AggregationRefused when the client does not take part with these members, or under this threshold */
export function shareKeys(state: Offered, message: unknown): ClientStep {
  const { settings, secrets } = state;
  const roster = readRoster(message);
  requireRoster(state, roster);
  const cohort = cohortOf(settings.terms, roster.threshold, roster.members);
  const neighbours = cohort.holdersOf(settings.name).filter((holder) => holder !== settings.name);
  const agree = settings.primitives.agreement(secrets.cipherSecret);
  const agreed = new Map(neighbours.map((name) => [name, agreedSecret(agree, cohort.members.get(name)!.cipherKey)]));
  const shares = dealtShares(state, cohort);
  const offer = offerOf(settings, { cohort, agreed }, shares);
  const ownShares = shares.get(settings.name);
  if (!ownShares) {
    throw new AggregationRefused('expected to hold a share of its own');
  }
  return { state: { phase: 'shared', settings, secrets, cohort, agreed, ownShares }, message: offer };
}

/** Everything that makes a cohort one in which this client's vector stays hidden. */
function requireRoster({ settings, offer }: Offered, { members, threshold }: Roster): void {
  const { name, minimumCohort, isKnown, primitives } = settings;
  if (members.length < Math.max(minimumCohort, SMALLEST_MASKED_COHORT)) {
    throw new AggregationRefused(`expected at least ${minimumCohort} clients, found ${members.length}`);
  }
  const needed = thresholdFor(members.length);
  if (threshold < needed || threshold > Math.min(members.length, MOST_SHARES)) {
    throw new AggregationRefused(`expected a threshold of at least ${needed} shares, found ${threshold}`);
  }
  const own = members.find((member) => member.name === name);
  if (own?.signature !== offer.signature) {
    throw new AggregationRefused('expected a list of clients with the keys that this client has offered');
  }
  const [repeated] = repeatedKeys(members);
  if (repeated !== undefined) {
    throw new AggregationRefused('has an identity or a key that occurs twice', repeated);
  }
  for (const member of members) {
    const known = member.name === name ? undefined : isKnown;
    requireHonestOffer({ context: settings.terms.context, isKnown: known, primitives }, member);
  }
}

/** Both shares of each holder, by its name. */
function dealtShares({ settings, secrets }: Offered, cohort: Cohort): ReadonlyMap<string, HeldShares> {
  const { threshold } = cohort;
  const holders = cohort.holdersOf(settings.name);
  const split = (secret: Uint8Array): readonly Uint8Array[] =>
    splitSecret(secret, holders.length, threshold, settings.random((threshold - 1) * KEY_BYTES));
  const seeds = split(secrets.seed);
  const maskKeys = split(secrets.maskSecret);
  return new Map(holders.map((holder, index) => [holder, { seed: seeds[index]!, maskKey: maskKeys[index]! }]));
}

function offerOf(
  { name, terms }: ClientSettings,
  { cohort, agreed }: Pick<Shared, 'cohort' | 'agreed'>,
  dealt: ReadonlyMap<string, HeldShares>,
): ShareOffer {
  const commitments = new Uint8Array(dealt.size * COMMITMENTS_BYTES);
  const boxes: { readonly to: string; readonly box: Uint8Array }[] = [];
  let place = 0;
  for (const [holder, shares] of dealt) {
    commitments.set(commitmentsTo(cohort, { dealer: name, holder }, shares), place);
    place += COMMITMENTS_BYTES;
    const secret = agreed.get(holder);
    if (secret) {
      const key = deriveKey(secret, boxPurpose(terms.context, cohort.digest, name, holder));
      boxes.push({ to: holder, box: seal(key, bothOf(shares)) });
    }
  }
  return { kind: 'share-offer', boxes, commitments };
}

/** The commitments to both shares that a holder has. */
export function commitmentsTo(
  { digest }: Pick<Cohort, 'digest'>,
  parties: { readonly dealer: string; readonly holder: string },
  { seed, maskKey }: HeldShares,
): Uint8Array {
  const commitments = new Uint8Array(COMMITMENTS_BYTES);
  commitments.set(shareCommitment(digest, parties, 'seed', seed));
  commitments.set(shareCommitment(digest, parties, 'mask key', maskKey), KEY_BYTES);
  return commitments;
}

function bothOf({ seed, maskKey }: HeldShares): Uint8Array {
  const both = new Uint8Array(2 * KEY_BYTES);
  both.set(seed);
  both.set(maskKey, KEY_BYTES);
  return both;
}
