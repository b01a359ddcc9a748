/**
 * The functions of a round that take most of its time, in plain JavaScript. A platform may have faster ones, which give the
 * same results: those of Node are in `node.ts`.
 */

import { chacha20 } from '@noble/ciphers/chacha.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import type { PackedParts } from '../arithmetic/residues.js';

/** What the owner of a secret key and that of a public one have in common; 32 bytes. */
export type Agreement = (publicKey: Uint8Array) => Uint8Array;

export interface Primitives {
  /**
   * The keystream of ChaCha20 (RFC 8439) with a nonce of zeros, from block 0, part by part. All parts but the last one are of
   * a multiple of 64 bytes.
   *
   * @param key - 32 bytes that expand to one mask and nothing else
   */
  readonly keystream: (key: Uint8Array) => PackedParts;
  /** X25519 (RFC 7748), prepared for the many public keys that a secret one meets. */
  readonly agreement: (secret: Uint8Array) => Agreement;
  /** Ed25519 (RFC 8032). False, or an error, for what is no key or no signature. */
  readonly verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
}

/** Of ChaCha20. */
const BLOCK_BYTES = 64;

/** Runs everywhere. */
export const portablePrimitives: Primitives = {
  keystream: (key) => {
    let block = 0;
    return (bytes) => {
      const next = chacha20(key, new Uint8Array(12), new Uint8Array(bytes), undefined, block);
      block += Math.ceil(bytes / BLOCK_BYTES);
      return next;
    };
  },
  agreement: (secret) => (publicKey) => x25519.getSharedSecret(secret, publicKey),
  // Without ZIP 215, which takes points of small order for keys.
  verify: (publicKey, message, signature) => ed25519.verify(signature, message, publicKey, { zip215: false }),
};
