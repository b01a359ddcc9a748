/**
 * Reads messages from the other side. Everything about their form is checked here: kinds, types, lengths, names and their
 * order. What they mean is checked where they are used.
 */

import { isWellFormedName } from '@gaitway/core/internal';
import { KEY_BYTES, TAG_BYTES } from '../keys/agreement.js';
import { isIdentityKey, isSignature } from '../keys/signatures.js';
import { AggregationRefused } from '../refusal.js';
import type {
  FromMember,
  KeyOffer,
  MaskedInput,
  Member,
  Revelation,
  Roster,
  ShareDelivery,
  ShareOffer,
  SignatureList,
  Survivors,
  SurvivorSignature,
  ToMember,
} from './messages.js';

/** Bytes of a box: a share of the seed and a share of the mask key. */
const BOX_BYTES: number = 2 * KEY_BYTES + TAG_BYTES;

/** Bytes of the commitments to two shares. */
export const COMMITMENTS_BYTES: number = 2 * KEY_BYTES;

/** More members than any study has. */
const MOST_MEMBERS = 100_000;

const LONGEST_NAME = 256;

type Fields = Readonly<Record<string, unknown>>;

/** The fields of a message of this kind. @throws AggregationRefused for anything else */
function fieldsOf(message: unknown, kind: (FromMember | ToMember)['kind']): Fields {
  const fields = fieldsIn(message, 'a message');
  if (fields['kind'] !== kind) {
    const found = typeof fields['kind'] === 'string' ? `"${fields['kind'].slice(0, LONGEST_NAME)}"` : 'none';
    throw new AggregationRefused(`expected a message of kind "${kind}", found ${found}`);
  }
  return fields;
}

function fieldsIn(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Array.isArray(value)) {
    throw new AggregationRefused(`expected ${what} with fields`);
  }
  return value as Fields;
}

function name(value: unknown): string {
  if (typeof value !== 'string' || value.length > LONGEST_NAME || !isWellFormedName(value)) {
    throw new AggregationRefused('expected the name of a client');
  }
  return value;
}

function bytes(value: unknown, length: number, what: string): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length !== length) {
    throw new AggregationRefused(`expected ${length} bytes of ${what}`);
  }
  return value;
}

function identity(value: unknown): string {
  if (!isIdentityKey(value)) {
    throw new AggregationRefused('expected an identity key in base64url');
  }
  return value;
}

function signature(value: unknown): string {
  if (!isSignature(value)) {
    throw new AggregationRefused('expected a signature in base64url');
  }
  return value;
}

/** A list whose entries are in the order of their names, each name once. */
function byName<Entry>(value: unknown, read: (entry: unknown) => Entry, nameOf: (entry: Entry) => string): Entry[] {
  if (!Array.isArray(value) || value.length > MOST_MEMBERS) {
    throw new AggregationRefused('expected a list of clients');
  }
  const entries = Array.from(value, read);
  entries.forEach((entry, index) => {
    const before = entries[index - 1];
    if (before !== undefined && nameOf(before) >= nameOf(entry)) {
      throw new AggregationRefused('expected clients in the order of their names, each once');
    }
  });
  return entries;
}

function names(value: unknown): string[] {
  return byName(value, name, (entry) => entry);
}

function keysIn(fields: Fields): Omit<KeyOffer, 'kind'> {
  return {
    identity: identity(fields['identity']),
    cipherKey: bytes(fields['cipherKey'], KEY_BYTES, 'a public key'),
    maskKey: bytes(fields['maskKey'], KEY_BYTES, 'a public key'),
    seedCommitment: bytes(fields['seedCommitment'], KEY_BYTES, 'a commitment'),
    signature: signature(fields['signature']),
  };
}

/** @throws AggregationRefused when it is none */
export function readKeyOffer(message: unknown): KeyOffer {
  return { kind: 'key-offer', ...keysIn(fieldsOf(message, 'key-offer')) };
}

/** @throws AggregationRefused when it is none */
export function readRoster(message: unknown): Roster {
  const fields = fieldsOf(message, 'roster');
  const threshold = fields['threshold'];
  if (typeof threshold !== 'number' || !Number.isSafeInteger(threshold)) {
    throw new AggregationRefused('expected a whole number for the threshold');
  }
  const member = (entry: unknown): Member => {
    const own = fieldsIn(entry, 'a member');
    return { name: name(own['name']), ...keysIn(own) };
  };
  return { kind: 'roster', threshold, members: byName(fields['members'], member, (entry) => entry.name) };
}

/** @throws AggregationRefused when it is none @param holders - Number of holders of the dealer's shares, with the dealer */
export function readShareOffer(message: unknown, holders: number): ShareOffer {
  const fields = fieldsOf(message, 'share-offer');
  const boxIn = (entry: unknown) => {
    const own = fieldsIn(entry, 'a box');
    return { to: name(own['to']), box: bytes(own['box'], BOX_BYTES, 'a box') };
  };
  return {
    kind: 'share-offer',
    boxes: byName(fields['boxes'], boxIn, ({ to }) => to),
    commitments: bytes(fields['commitments'], holders * COMMITMENTS_BYTES, 'commitments'),
  };
}

/** @throws AggregationRefused when it is none */
export function readShareDelivery(message: unknown): ShareDelivery {
  const shareIn = (entry: unknown) => {
    const own = fieldsIn(entry, 'a share');
    return {
      from: name(own['from']),
      box: bytes(own['box'], BOX_BYTES, 'a box'),
      commitments: bytes(own['commitments'], COMMITMENTS_BYTES, 'commitments'),
    };
  };
  const shares = byName(fieldsOf(message, 'share-delivery')['shares'], shareIn, ({ from }) => from);
  return { kind: 'share-delivery', shares };
}

/** The number of bytes of its values is checked when they are added. @throws AggregationRefused when it is none */
export function readMaskedInput(message: unknown): MaskedInput {
  const fields = fieldsOf(message, 'masked-input');
  const { members, values } = fieldsIn(fields['part'], 'a part');
  if (!(values instanceof Uint8Array)) {
    throw new AggregationRefused('expected bytes of values');
  }
  return { kind: 'masked-input', part: { members: names(members), values }, unreadable: names(fields['unreadable']) };
}

/** @throws AggregationRefused when it is none */
export function readSurvivors(message: unknown): Survivors {
  return { kind: 'survivors', members: names(fieldsOf(message, 'survivors')['members']) };
}

/** @throws AggregationRefused when it is none */
export function readSurvivorSignature(message: unknown): SurvivorSignature {
  return { kind: 'survivor-signature', signature: signature(fieldsOf(message, 'survivor-signature')['signature']) };
}

/** @throws AggregationRefused when it is none */
export function readSignatureList(message: unknown): SignatureList {
  const signatureIn = (entry: unknown) => {
    const own = fieldsIn(entry, 'a signature');
    return { member: name(own['member']), signature: signature(own['signature']) };
  };
  const fields = fieldsOf(message, 'signature-list');
  return { kind: 'signature-list', signatures: byName(fields['signatures'], signatureIn, ({ member }) => member) };
}

/** @throws AggregationRefused when it is none */
export function readRevelation(message: unknown): Revelation {
  const shareIn = (entry: unknown) => {
    const own = fieldsIn(entry, 'a share');
    return { of: name(own['of']), share: bytes(own['share'], KEY_BYTES, 'a share') };
  };
  return { kind: 'revelation', shares: byName(fieldsOf(message, 'revelation')['shares'], shareIn, ({ of }) => of) };
}
