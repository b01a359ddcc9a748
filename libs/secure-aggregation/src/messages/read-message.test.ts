import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { AggregationRefused } from '../refusal.js';
import { conduct, roundOf, termsOf } from '../testing/masked-round.js';
import { anything, places, spoiled } from '../testing/spoiled-message.js';
import {
  readKeyOffer,
  readMaskedInput,
  readRevelation,
  readRoster,
  readShareDelivery,
  readShareOffer,
  readSignatureList,
  readSurvivors,
  readSurvivorSignature,
} from './read-message.js';

const readers: Readonly<Record<string, (message: unknown) => unknown>> = {
  'key-offer': readKeyOffer,
  roster: readRoster,
  'share-offer': (message) => readShareOffer(message, 3),
  'share-delivery': readShareDelivery,
  'masked-input': readMaskedInput,
  survivors: readSurvivors,
  'survivor-signature': readSurvivorSignature,
  'signature-list': readSignatureList,
  revelation: readRevelation,
};

type Fields = Record<string, unknown>;

/** One message of each kind, from a round. */
let messages: ReadonlyMap<string, Fields>;

beforeAll(() => {
  const { traffic } = conduct(roundOf(3, termsOf(2, 100), () => new Float64Array(3)));
  messages = new Map(traffic.map((message) => [(message as { kind: string }).kind, message as Fields]));
});

describe.each(Object.entries(readers))('a message of kind %s', (kind, read) => {
  it('is read as it was sent', () => {
    expect(read(messages.get(kind))).toEqual(messages.get(kind));
  });

  it('is refused as another kind, or as none', () => {
    for (const other of [undefined, null, 7, 'text', [], new Uint8Array(3), {}, { kind: 7 }, { kind: 'other' }]) {
      expect(() => read(other)).toThrow(AggregationRefused);
    }
    expect(() => read({ kind })).toThrow(AggregationRefused);
  });

  it('is refused, and nothing worse, when any part of it is something else', () => {
    fc.assert(
      fc.property(places, anything, (path, value) => {
        const message = spoiled(messages.get(kind), path, value);
        try {
          expect(read(message)).toBeDefined();
        } catch (error) {
          expect(error).toBeInstanceOf(AggregationRefused);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('what is refused', () => {
  const changed = (kind: string, change: object): unknown => ({ ...messages.get(kind), ...change });

  it('is bytes of another length', () => {
    const refusals: readonly (readonly [string, object, string])[] = [
      ['key-offer', { maskKey: new Uint8Array(33) }, 'expected 32 bytes of a public key'],
      ['key-offer', { seedCommitment: [1] }, 'expected 32 bytes of a commitment'],
      ['share-offer', { commitments: new Uint8Array(191) }, 'expected 192 bytes of commitments'],
      ['share-offer', { boxes: [{ to: 'a', box: new Uint8Array(79) }] }, 'expected 80 bytes of a box'],
      ['revelation', { shares: [{ of: 'a', share: new Uint8Array(31) }] }, 'expected 32 bytes of a share'],
    ];
    for (const [kind, change, message] of refusals) {
      expect(() => readers[kind]!(changed(kind, change))).toThrow(message);
    }
  });

  it('is names out of order, twice or not well formed', () => {
    const order = 'expected clients in the order of their names, each once';
    for (const members of [
      ['b', 'a'],
      ['a', 'a'],
    ]) {
      expect(() => readSurvivors({ kind: 'survivors', members })).toThrow(order);
    }
    for (const members of [['a\u202eb'], [' a'], [''], ['a'.repeat(257)], [3]]) {
      expect(() => readSurvivors({ kind: 'survivors', members })).toThrow('expected the name of a client');
    }
    expect(() => readSurvivors({ kind: 'survivors', members: 'abc' })).toThrow('expected a list of clients');
    expect(() => readSurvivors({ kind: 'survivors', members: { length: 2 } })).toThrow('expected a list of clients');
  });

  it('is a second form of a key or a signature', () => {
    const { identity, signature } = messages.get('key-offer') as { identity: string; signature: string };
    const next = (text: string): string =>
      text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + 1);
    expect(() => readKeyOffer(changed('key-offer', { identity: next(identity) }))).toThrow(
      'an identity key in base64url',
    );
    expect(() => readKeyOffer(changed('key-offer', { signature: next(signature) }))).toThrow(
      'a signature in base64url',
    );
    expect(() => readKeyOffer(changed('key-offer', { identity: `${identity}=` }))).toThrow(
      'an identity key in base64url',
    );
  });
});
