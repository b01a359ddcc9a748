/**
 * A client's last two steps: it signs the list of survivors that it is shown, once, and reveals its shares for that list when
 * enough others have signed the same one (Bonawitz et al. 2017, rounds 3 and 4). So a coordinator can neither show lists that
 * differ nor learn both secrets of a client.
 */

import { isSignedBy } from '../keys/signatures.js';
import type { Revelation } from '../messages/messages.js';
import { readSignatureList, readSurvivors } from '../messages/read-message.js';
import { survivorTranscript } from '../messages/transcripts.js';
import { AggregationRefused } from '../refusal.js';
import type { ClientStep, Masked, Signed } from './client-state.js';

/** @throws AggregationRefused when the list lacks the client or too many others, or has somebody who dealt no shares */
export function signSurvivors(state: Masked, message: unknown): ClientStep {
  const { settings, cohort, dealers } = state;
  const { name, signer, terms, minimumCohort, onlySurvivors } = settings;
  const { members: survivors } = readSurvivors(message);
  const fewest = Math.max(minimumCohort, cohort.fewestSurvivors);
  if (survivors.length < fewest) {
    throw new AggregationRefused(`expected at least ${fewest} survivors, found ${survivors.length}`);
  }
  if (
    onlySurvivors &&
    (onlySurvivors.length !== survivors.length || onlySurvivors.some((m, i) => m !== survivors[i]))
  ) {
    throw new AggregationRefused('expected the survivors for whom this client has revealed the same vector before');
  }
  const neighbours = new Set(cohort.holdersOf(name));
  const stranger = survivors.find(
    (member) => !cohort.members.has(member) || (neighbours.has(member) && !dealers.has(member)),
  );
  if (stranger !== undefined) {
    throw new AggregationRefused(`expected survivors that have dealt shares, found ${stranger}`);
  }
  const near = survivors.filter((member) => neighbours.has(member)).length;
  if (!survivors.includes(name) || near < cohort.threshold) {
    throw new AggregationRefused(
      `expected this client and ${cohort.threshold} holders of its shares among the survivors`,
    );
  }
  const signature = signer.sign(survivorTranscript(terms.context, cohort.digest, survivors));
  return { state: { ...state, phase: 'signed', survivors }, message: { kind: 'survivor-signature', signature } };
}

/** @throws AggregationRefused when fewer survivors than the threshold have signed the list that the client has signed */
export function revealShares(state: Signed, message: unknown): ClientStep {
  const { settings, cohort, survivors, held } = state;
  const { signatures } = readSignatureList(message);
  const text = survivorTranscript(settings.terms.context, cohort.digest, survivors);
  const alive = new Set(survivors);
  const witnesses = new Set(cohort.holdersOf(settings.name).filter((holder) => alive.has(holder)));
  for (const { member, signature } of signatures) {
    const identity = cohort.members.get(member)?.identity;
    if (
      identity === undefined ||
      !witnesses.has(member) ||
      !isSignedBy(settings.primitives, identity, text, signature)
    ) {
      throw new AggregationRefused('has not signed the list of survivors that this client has signed', member);
    }
  }
  if (signatures.length < cohort.threshold) {
    throw new AggregationRefused(`expected ${cohort.threshold} signatures of survivors, found ${signatures.length}`);
  }
  const shares = [...held].map(([of, { seed, maskKey }]) => ({ of, share: alive.has(of) ? seed : maskKey }));
  const revelation: Revelation = { kind: 'revelation', shares: shares.sort((a, b) => (a.of < b.of ? -1 : 1)) };
  return { state: { phase: 'revealed' }, message: revelation };
}
