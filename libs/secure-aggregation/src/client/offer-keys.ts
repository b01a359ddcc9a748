/** A client's first step: keys for this round alone, signed by its identity (Bonawitz et al. 2017, round 0). */

import { InvalidInput } from '@gaitway/core';
import { SMALLEST_MASKED_COHORT } from '@gaitway/core/study';
import { firstOutside, lengthOf, ringFor } from '../arithmetic/ring.js';
import { KEY_BYTES, publicKeyOf } from '../keys/agreement.js';
import type { KeyOffer } from '../messages/messages.js';
import { offerTranscript, seedCommitmentOf } from '../messages/transcripts.js';
import type { ClientSettings, ClientStep, RoundSecrets } from './client-state.js';

/**
 * Begins a round at a client. The keys are new each time: another attempt begins here again.
 *
 * @throws InvalidInput when the vector is not as the segments say, or the least cohort is below 3
 */
export function offerKeys(settings: ClientSettings): ClientStep {
  requireVector(settings);
  const { name, signer, terms, random } = settings;
  const secrets: RoundSecrets = {
    cipherSecret: random(KEY_BYTES),
    maskSecret: random(KEY_BYTES),
    seed: random(KEY_BYTES),
  };
  const keys = {
    identity: signer.publicKey,
    cipherKey: publicKeyOf(secrets.cipherSecret),
    maskKey: publicKeyOf(secrets.maskSecret),
    seedCommitment: seedCommitmentOf(terms.context, name, secrets.seed),
  };
  const signature = signer.sign(offerTranscript(terms.context, name, keys));
  const message: KeyOffer = { kind: 'key-offer', ...keys, signature };
  return { state: { phase: 'offered', settings, secrets, offer: message }, message };
}

function requireVector({ values, terms: { segments }, minimumCohort }: ClientSettings): void {
  const refused = (path: string, message: string): InvalidInput =>
    new InvalidInput('secure aggregation', [{ path, message }]);
  if (!Number.isSafeInteger(minimumCohort) || minimumCohort < SMALLEST_MASKED_COHORT) {
    throw refused('minimumCohort', `expected at least ${SMALLEST_MASKED_COHORT}, found ${minimumCohort}`);
  }
  ringFor(minimumCohort, segments);
  if (values.length !== lengthOf(segments)) {
    throw refused('values', `expected ${lengthOf(segments)} values, found ${values.length}`);
  }
  const outside = firstOutside(values, segments, 1);
  if (outside >= 0) {
    throw refused(`values[${outside}]`, `expected an integer within its bound, found ${values[outside] ?? NaN}`);
  }
}
