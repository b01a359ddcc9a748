/**
 * Encodes messages as bytes and decodes them: each is a MessagePack map in which parameters are little-endian bytes.
 * Decoding is one of the two places that validate untrusted data (the other is the admission of updates), and validates
 * all of it.
 */

import { z } from 'zod';
import { pack, unpack } from '../framing/message-pack.js';
import { VALUE_COUNT } from '../limits.js';
import { MessageRefused, VersionRefused } from '../message-refused.js';
import { clientSchemas, coordinatorSchemas, laterHello, type MessageSchemas } from './message-schemas.js';
import type { FromClient, FromCoordinator, Message } from './messages.js';
import { agreedVersion, PROTOCOL_VERSION, versionRefusal } from './versions.js';

/** How many faults of a message are reported: a hostile one may have a million. */
const ISSUES_TOLD = 3;

const anyKind = z.object({ kind: z.string() });
/** A hello from before versions were offered speaks one alone. */
const helloOfAnyVersion = z.object({ protocol: z.int(), oldest: z.int().optional() });

/** Encodes a message. */
export function encode(message: Message): Uint8Array {
  return pack(withNumbersAsBytes(message));
}

/**
 * Decodes and validates a message from a client.
 *
 * @param frame - Whatever arrived
 * @throws MessageRefused saying what is wrong with the bytes or a field; VersionRefused for a hello
 *   that offers no version that this side speaks
 */
export function decodeFromClient(frame: unknown): FromClient {
  const content = contentOf(frame);
  if (kindOf(content) === 'hello') {
    const hello = helloOfAnyVersion.safeParse(content);
    if (hello.success) {
      requireVersion(hello.data);
    }
    if (hello.success && hello.data.protocol > PROTOCOL_VERSION) {
      return checked(content, { ...clientSchemas, hello: laterHello });
    }
  }
  return checked(content, clientSchemas);
}

function requireVersion({ protocol, oldest = protocol }: z.infer<typeof helloOfAnyVersion>): void {
  if (agreedVersion({ protocol, oldest }) === undefined) {
    throw new VersionRefused(versionRefusal({ protocol, oldest }));
  }
}

/**
 * Decodes and validates a message from the coordinator.
 *
 * @param frame - Whatever arrived
 * @throws MessageRefused saying what is wrong with the bytes or a field
 */
export function decodeFromCoordinator(frame: unknown): FromCoordinator {
  return checked(contentOf(frame), coordinatorSchemas);
}

function withNumbersAsBytes(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    // Little-endian on every platform that runs Gaitway.
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  if (Array.isArray(value)) {
    return value.map(withNumbersAsBytes);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withNumbersAsBytes(member)]));
  }
  return value;
}

function contentOf(frame: unknown): unknown {
  const bytes = frame instanceof ArrayBuffer ? new Uint8Array(frame) : frame; // browsers hand out ArrayBuffers
  if (!(bytes instanceof Uint8Array)) {
    throw new MessageRefused(`expected bytes, found ${typeof frame}`);
  }
  return unpack(bytes, VALUE_COUNT);
}

function checked<M extends { readonly kind: string }>(content: unknown, schemas: MessageSchemas<M>): M {
  const kind = kindOf(content);
  if (!Object.hasOwn(schemas, kind)) {
    const known = Object.keys(schemas).join(', ');
    throw new MessageRefused(`expected a message of kind ${known}, found ${kind ? `"${kind}"` : 'none'}`);
  }
  const parsed = schemas[kind as M['kind']].safeParse(content);
  if (!parsed.success) {
    throw new MessageRefused(`${kind}: ${parsed.error.issues.slice(0, ISSUES_TOLD).map(issueText).join('; ')}`);
  }
  return parsed.data;
}

/** The `kind` of decoded content; empty where it has none. */
function kindOf(content: unknown): string {
  return anyKind.safeParse(content).data?.kind ?? '';
}

function issueText({ path, message }: z.core.$ZodIssue): string {
  return path.length > 0 ? `${path.join('.')}: ${message}` : message;
}
