/**
 * The texts of a round that are signed, digested, or derive keys. Each begins with its purpose and has the whole context
 * of the round, so that nothing of one round, or of one purpose, holds in another.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { labelledDigest, utf8 } from '../keys/agreement.js';
import type { KeyOffer, Member, RoundContext, RoundTerms } from './messages.js';

/** Which secret of a client a share is of. */
export type ShareKind = 'seed' | 'mask key';

/** What a client signs to offer its keys. */
export function offerTranscript(
  context: RoundContext,
  name: string,
  { identity, cipherKey, maskKey, seedCommitment }: Omit<KeyOffer, 'kind' | 'signature'>,
): string {
  const keys = [identity, bytesToHex(cipherKey), bytesToHex(maskKey), bytesToHex(seedCommitment)];
  return text('key offer', context, name, ...keys);
}

/** Digest of everybody's names, identities and keys, of the threshold and of the round, in hexadecimal. */
export function cohortDigest(context: RoundContext, threshold: number, members: readonly Member[]): string {
  const entries = members.flatMap((member) => [offerTranscript(context, member.name, member), member.signature]);
  return bytesToHex(sha256(utf8(text('cohort', context, threshold, ...entries))));
}

/** The purpose of the key under which one client seals its shares for another: a key for each direction. */
export function boxPurpose(context: RoundContext, cohort: string, from: string, to: string): string {
  return text('shares', context, cohort, from, to);
}

/** The purpose of the keys that expand to masks: those of two clients, or a client's own. */
export function maskPurpose({ context, model }: RoundTerms, cohort: string, whose: 'pair' | 'own'): string {
  return text('mask', context, cohort, model, whose);
}

/** What a survivor signs: the one list of survivors that it reveals shares for. */
export function survivorTranscript(context: RoundContext, cohort: string, survivors: readonly string[]): string {
  return text('survivors', context, cohort, ...survivors);
}

/** The commitment to the seed of a client's own mask. It hides the seed, which is 32 random bytes. */
export function seedCommitmentOf(context: RoundContext, name: string, seed: Uint8Array): Uint8Array {
  return labelledDigest(text('seed', context, name), seed);
}

/** The commitment of a client to one of its shares. */
export function shareCommitment(
  cohort: string,
  { dealer, holder }: { readonly dealer: string; readonly holder: string },
  kind: ShareKind,
  share: Uint8Array,
): Uint8Array {
  return labelledDigest(JSON.stringify(['gaitway share', cohort, dealer, holder, kind]), share);
}

function text(purpose: string, context: RoundContext, ...facts: readonly (string | number)[]): string {
  const { study, stage, round, attempt } = context;
  return JSON.stringify([`gaitway secure aggregation ${purpose}`, study, stage, round, attempt, ...facts]);
}
