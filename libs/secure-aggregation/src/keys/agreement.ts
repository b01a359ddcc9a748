/**
 * Keys that two clients have in common: X25519 (RFC 7748), keys derived from its result by HKDF-SHA-256 (RFC 5869), and
 * boxes that only the two can open, by ChaCha20-Poly1305 (RFC 8439).
 */

import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { AggregationRefused } from '../refusal.js';
import type { Agreement } from './primitives.js';

/** Bytes of a key, public or secret, of a seed and of a digest. */
export const KEY_BYTES = 32;

/** Bytes that a box has more than its content: the tag. */
export const TAG_BYTES = 16;

/** Every key seals one box, so the nonce need not differ. */
const NONCE = new Uint8Array(12);

/** The public key of a secret one. Any 32 bytes are a secret key. */
export function publicKeyOf(secret: Uint8Array): Uint8Array {
  return x25519.getPublicKey(secret);
}

/**
 * The points of low order, little-endian: 0, 1, the two of order 8, and -1. On them everybody agrees on zero.
 */
const LOW_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
].map(hexToBytes);

/** 2^255 - 19, little-endian: a coordinate is below it. */
const PRIME_LAST_BYTE = 0x7f;
const PRIME_FIRST_BYTE = 0xed;

/**
 * Whether a public key can be agreed with: no point of low order, and written as everybody writes it. X25519 ignores the top
 * bit and reduces the rest, so that one key could look like two.
 */
export function isUsableKey(publicKey: Uint8Array): boolean {
  const last = publicKey[KEY_BYTES - 1] ?? 0;
  const isAbovePrime =
    last === PRIME_LAST_BYTE &&
    publicKey.subarray(1, KEY_BYTES - 1).every((byte) => byte === 0xff) &&
    (publicKey[0] ?? 0) >= PRIME_FIRST_BYTE;
  return last <= PRIME_LAST_BYTE && !isAbovePrime && !LOW_ORDER.some((point) => areEqual(point, publicKey));
}

/**
 * What the owner of a secret key has in common with the owner of a public one.
 *
 * @param agree - The agreement of the secret key
 * @throws AggregationRefused when the public key is none, or a point of low order: the result would be zero for every secret
 */
export function agreedSecret(agree: Agreement, publicKey: Uint8Array): Uint8Array {
  const agreed = isUsableKey(publicKey) ? agree(publicKey) : undefined;
  if (!agreed || agreed.every((byte) => byte === 0)) {
    throw new AggregationRefused('expected a public key, found one that agrees on the same with everybody');
  }
  return agreed;
}

/** Whether two byte arrays are the same. Both are public. */
export function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** A key for one purpose, of 32 bytes. @param purpose - Says for what, for whom and when; no two keys have the same */
export function deriveKey(secret: Uint8Array, purpose: string): Uint8Array {
  return hkdf(sha256, secret, undefined, utf8(purpose), KEY_BYTES);
}

/** SHA-256 of a label and bytes. */
export function labelledDigest(label: string, bytes: Uint8Array): Uint8Array {
  const text = utf8(label);
  const message = new Uint8Array(text.length + bytes.length);
  message.set(text);
  message.set(bytes, text.length);
  return sha256(message);
}

/** Encrypts and authenticates. @param key - A key that seals nothing else */
export function seal(key: Uint8Array, content: Uint8Array): Uint8Array {
  return chacha20poly1305(key, NONCE).encrypt(content);
}

/** The content of a box; undefined when it was not sealed with this key. */
export function open(key: Uint8Array, box: Uint8Array): Uint8Array | undefined {
  try {
    return chacha20poly1305(key, NONCE).decrypt(box);
  } catch {
    return undefined;
  }
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
