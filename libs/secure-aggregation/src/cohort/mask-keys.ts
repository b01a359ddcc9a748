/** The keys that expand to masks. The client and, for whoever drops out, the coordinator work them out alike. */

import { agreedSecret, deriveKey } from '../keys/agreement.js';
import type { Mask } from '../keys/masks.js';
import type { Agreement } from '../keys/primitives.js';
import type { RoundTerms } from '../messages/messages.js';
import { maskPurpose } from '../messages/transcripts.js';
import type { Cohort } from './cohort.js';

/** The key of a client's own mask. */
export function ownMaskKey(terms: RoundTerms, { digest }: Cohort, seed: Uint8Array): Uint8Array {
  return deriveKey(seed, maskPurpose(terms, digest, 'own'));
}

/** The mask that a client's vector has for another one: the same on both sides, with opposite signs. */
export function pairMask(
  terms: RoundTerms,
  { digest, members }: Cohort,
  { name, agree }: { readonly name: string; readonly agree: Agreement },
  other: string,
): Mask {
  const agreed = agreedSecret(agree, members.get(other)!.maskKey);
  return { key: deriveKey(agreed, maskPurpose(terms, digest, 'pair')), sign: name < other ? 1 : -1 };
}
