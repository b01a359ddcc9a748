/** Ed25519 keys, by which coordinators and clients know each other again, and their fingerprints for people. */

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { InvalidInput } from '@gaitway/core';

/** A key pair. Its private half signs, and leaves it only as text for a file. */
export interface KeyPair {
  /** 32 bytes in base64url. */
  readonly publicKey: string;
  /** The fingerprint of the public key. */
  readonly fingerprint: string;
  /** The private key (PKCS #8, PEM). Anybody who has it can take its owner's place. */
  readonly privateKey: string;
  /** Signs a text; the signature is in base64url. */
  sign(text: string): string;
}

/** Makes a new key pair. */
export function createKeyPair(): KeyPair {
  return pairOf(generateKeyPairSync('ed25519').privateKey);
}

/**
 * The key pair of a private key from a file.
 *
 * @param source - Where the text is from, for the message
 * @throws InvalidInput when the text is no private Ed25519 key
 */
export function readKeyPair(privateKey: string, source: string): KeyPair {
  const key = keyOf(privateKey);
  if (key?.asymmetricKeyType !== 'ed25519') {
    const found = key ? `one of type ${key.asymmetricKeyType ?? 'unknown'}` : 'none';
    throw new InvalidInput(source, [{ path: '', message: `expected a private Ed25519 key in PEM, found ${found}` }]);
  }
  return pairOf(key);
}

function keyOf(privateKey: string): KeyObject | undefined {
  try {
    return createPrivateKey(privateKey);
  } catch {
    return undefined;
  }
}

function pairOf(key: KeyObject): KeyPair {
  const { x: publicKey = '' } = createPublicKey(key).export({ format: 'jwk' });
  return {
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'),
  };
}

/** Whether the owner of a public key has signed a text. A key or signature that is none has signed nothing. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}

/** Bytes of the SHA-256 that a fingerprint shows: nobody can make another key with the same 128 bits. */
const FINGERPRINT_BYTES = 16;

/** What people compare keys by: eight groups of four hexadecimal digits. */
export function fingerprintOf(publicKey: string): string {
  const digest = createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest();
  return inGroups(digest.subarray(0, FINGERPRINT_BYTES));
}

/** Bytes as groups of four hexadecimal digits. */
export function inGroups(bytes: Buffer): string {
  return bytes.toString('hex').replace(/.{4}(?=.)/g, '$&-');
}
