/** Signatures by enrolled identities: Ed25519 (RFC 8032), with keys and signatures in base64url as everywhere in Gaitway. */

import { utf8 } from './agreement.js';
import type { Primitives } from './primitives.js';

/** Whoever signs for a client. The key pair of an enrolled client has this form. */
export interface Signer {
  /** The public key: 32 bytes in base64url. */
  readonly publicKey: string;
  /** Signs a text; the signature is in base64url. */
  sign(text: string): string;
}

/** 32 bytes. The last letter has two bits that must be zero, so that a key has one form. */
const KEY = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** 64 bytes, in one form too. */
const SIGNATURE = /^[A-Za-z0-9_-]{85}[AQgw]$/;

/** Whether a text has the form of a public key in base64url. */
export function isIdentityKey(text: unknown): text is string {
  return typeof text === 'string' && KEY.test(text);
}

/** Whether a text has the form of a signature in base64url. */
export function isSignature(text: unknown): text is string {
  return typeof text === 'string' && SIGNATURE.test(text);
}

/** Whether the owner of a public key has signed a text. A key or signature that is none has signed nothing. */
export function isSignedBy({ verify }: Primitives, publicKey: string, text: string, signature: string): boolean {
  if (!isIdentityKey(publicKey) || !isSignature(signature)) {
    return false;
  }
  try {
    return verify(bytesOf(publicKey), utf8(text), bytesOf(signature));
  } catch {
    return false;
  }
}

/** Bytes in base64url, without padding. */
export function toBase64url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function bytesOf(base64url: string): Uint8Array {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
