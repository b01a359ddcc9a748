/**
 * Enrolment codes: text that an operator gives to a client, once. A code has the client's name, a secret that the
 * coordinator knows by its hash, and the fingerprint of the coordinator's key, so that the client knows whom to trust with
 * the secret.
 */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { InvalidInput } from '@gaitway/core';
import { inGroups } from './key-pair.js';

export interface EnrolmentCode {
  /** The name of the client that is to be enrolled. */
  readonly client: string;
  readonly secret: string;
  /** The fingerprint of the coordinator's key. */
  readonly coordinator: string;
}

/** Bytes of a secret: 80 bits cannot be guessed, at the coordinator or from their hash. */
const SECRET_BYTES = 10;

/** Makes the code of a client, with a new secret. */
export function createEnrolmentCode(client: string, coordinator: string): EnrolmentCode {
  return { client, secret: inGroups(randomBytes(SECRET_BYTES)), coordinator };
}

/** The text of a code, which needs no quotes in a shell and no escaping in a link. */
export function enrolmentCodeText({ client, secret, coordinator }: EnrolmentCode): string {
  return [plainText(client), secret, coordinator].join(':');
}

function plainText(name: string): string {
  return encodeURIComponent(name).replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

const CODE =
  /^(?<name>[^:]+):(?<secret>[0-9a-f]{4}(?:-[0-9a-f]{4}){4}):(?<coordinator>[0-9a-f]{4}(?:-[0-9a-f]{4}){7})$/;

/**
 * Reads the text of a code.
 *
 * @throws InvalidInput for text that is no code; it does not repeat the text, which may be nearly a secret
 */
export function parseEnrolmentCode(text: string): EnrolmentCode {
  const { name = '', secret, coordinator } = CODE.exec(text.trim())?.groups ?? {};
  const client = decodedName(name);
  if (client === undefined || secret === undefined || coordinator === undefined) {
    const message = `expected the code that "gaitway enrol" printed, <name>:<secret>:<fingerprint>, found other text of ${text.length} characters`;
    throw new InvalidInput('enrolment code', [{ path: '', message }]);
  }
  return { client, secret, coordinator };
}

function decodedName(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}

/** What is stored of a secret: its SHA-256. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whether a hash is that of a secret. The time that this takes does not tell how much of it is right. */
export function isHashOf(hash: string, secret: string): boolean {
  return timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(hashOf(secret), 'hex'));
}
