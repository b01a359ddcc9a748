/**
 * Messages as bytes, and bytes as messages: a MessagePack map in which parameters are little-endian bytes. Decoding is
 * one of the two places that look at data from outside (the other is the admission of updates), and looks at all of it.
 */

import { z } from 'zod';
import { bytesOfNumbers } from './float-bytes.js';
import { VALUE_COUNT } from './limits.js';
import { pack, unpack } from './message-pack.js';
import { MessageRefused, VersionRefused } from './message-refused.js';
import { clientSchemas, coordinatorSchemas, type MessageSchemas } from './message-schemas.js';
import type { FromClient, FromCoordinator, Message } from './messages.js';
import { PROTOCOL_VERSION, versionRefusal } from './protocol-version.js';

/** A hostile message can be wrong in a million places. */
const ISSUES_TOLD = 3;

const anyKind = z.object({ kind: z.string() });
const helloOfAnyVersion = z.object({ protocol: z.int() });

/** The bytes of a message. */
export function encode(message: Message): Uint8Array {
  return pack(withNumbersAsBytes(message));
}

/**
 * The message that a client sent.
 *
 * @param frame - Whatever arrived.
 * @throws MessageRefused saying what is wrong, with the bytes or with a field; VersionRefused for another version's.
 */
export function decodeFromClient(frame: unknown): FromClient {
  const content = contentOf(frame);
  if (kindOf(content) === 'hello') {
    const hello = helloOfAnyVersion.safeParse(content);
    if (hello.success && hello.data.protocol !== PROTOCOL_VERSION) {
      throw new VersionRefused(versionRefusal(hello.data.protocol));
    }
  }
  return checked(content, clientSchemas);
}

/**
 * The message that the coordinator sent.
 *
 * @param frame - Whatever arrived.
 * @throws MessageRefused saying what is wrong.
 */
export function decodeFromCoordinator(frame: unknown): FromCoordinator {
  return checked(contentOf(frame), coordinatorSchemas);
}

function withNumbersAsBytes(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    return bytesOfNumbers(value);
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

/** Empty where there is none. */
function kindOf(content: unknown): string {
  return anyKind.safeParse(content).data?.kind ?? '';
}

function issueText({ path, message }: z.core.$ZodIssue): string {
  return path.length > 0 ? `${path.join('.')}: ${message}` : message;
}
