import { createRng } from '@gaitway/core';
import { type Delta, packDelta, type PackedDelta } from '@gaitway/core/federated';
import { contractEvaluation } from '@gaitway/core/testing/contract-participant';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pack } from '../framing/message-pack.js';
import { MessageRefused } from '../message-refused.js';
import { anyFromClient, anyFromCoordinator } from '../testing/arbitrary-messages.js';
import { digestOfNothing, examples, packedDeltas, patchedTask, withMemory } from '../testing/messages.js';
import { decodeFromClient, decodeFromCoordinator, encode } from './codec.js';
import type { Message } from './messages.js';

const golden = JSON.parse(readFileSync(new URL('../testing/golden-frames.json', import.meta.url), 'utf8')) as {
  readonly frames: Readonly<Record<Message['kind'], string>>;
  readonly packed: Readonly<Record<PackedDelta['kind'], string>>;
  readonly memory: Readonly<Record<'task' | 'answer', string>>;
  readonly patched: string;
};
const fromClient = ['hello', 'proof', 'join', 'decline', 'availability', 'answer', 'failure'];
const decoderOf = (kind: string): ((frame: unknown) => Message) =>
  fromClient.includes(kind) ? decodeFromClient : decodeFromCoordinator;
const bits = (values: Float32Array): Uint32Array => new Uint32Array(values.slice().buffer);

describe('messages as bytes', () => {
  it.each(Object.keys(examples))('a %s has the bytes that another MessagePack implementation gives it', (kind) => {
    const frame = encode(examples[kind as Message['kind']]);
    expect(Buffer.from(frame).toString('hex')).toBe(golden.frames[kind as Message['kind']]);
    expect(decoderOf(kind)(frame)).toEqual(examples[kind as Message['kind']]);
  });

  it.each(['task', 'answer'] as const)('a %s of clients with a memory has the bytes of another, too', (kind) => {
    const frame = encode(withMemory[kind]);
    expect(Buffer.from(frame).toString('hex')).toBe(golden.memory[kind]);
    expect(decoderOf(kind)(frame)).toEqual(withMemory[kind]);
  });

  it('a task with a patch has the bytes of another, too', () => {
    const frame = encode(patchedTask);
    expect(Buffer.from(frame).toString('hex')).toBe(golden.patched);
    expect(decodeFromCoordinator(frame)).toEqual(patchedTask);
  });

  it('come back as they went, from a client', () => {
    fc.assert(
      fc.property(anyFromClient, (message) => {
        expect(decodeFromClient(encode(message))).toEqual(message);
      }),
    );
  });

  it('come back as they went, from the coordinator', () => {
    fc.assert(
      fc.property(anyFromCoordinator, (message) => {
        expect(decodeFromCoordinator(encode(message))).toEqual(message);
      }),
    );
  });

  it('keep every bit of the parameters, also of NaN, -0 and denormal numbers', () => {
    const delta = new Float32Array(Uint32Array.of(0x7fc00001, 0xffc12345, 0x80000000, 0x00000001, 0x7f800000).buffer);
    const decoded = decodeFromClient(encode({ ...examples.answer, reply: { ...trainReply(), delta } }));
    expect(bits(deltaOf(decoded))).toEqual(bits(delta));
  });

  it('give parameters memory of their own, wherever the bytes lay', () => {
    const frame = encode(examples.answer);
    const elsewhere = new Uint8Array(frame.length + 3);
    elsewhere.set(frame, 3);
    const decoded = decodeFromClient(elsewhere.subarray(3));
    elsewhere.fill(0);
    expect(deltaOf(decoded)).toEqual(Float32Array.of(0.5, 1));
  });

  it('send only the numbers of a view, not the buffer it looks into', () => {
    const delta = new Float32Array(1000).subarray(10, 12);
    expect(encode({ ...examples.answer, reply: { ...trainReply(), delta } }).length).toBe(
      encode(examples.answer).length,
    );
  });

  it.each(Object.values(packedDeltas))('carry an update as $kind, in the bytes of another implementation', (delta) => {
    const message = { ...examples.answer, reply: { ...trainReply(), delta } };
    const frame = encode(message);
    expect(Buffer.from(frame).toString('hex')).toBe(golden.packed[delta.kind]);
    expect(decodeFromClient(frame)).toEqual(message);
  });

  it('are as much smaller as the form of an update says', () => {
    const changes = Float32Array.from({ length: 390_606 }, (_, index) => Math.sin(index));
    const sizeOf = (delta: Delta): number => encode({ ...examples.answer, reply: { ...trainReply(), delta } }).length;
    const packed = (plan: Parameters<typeof packDelta>[1]): number => sizeOf(packDelta(changes, plan, createRng(1)));
    const plain = sizeOf(changes);
    const ratioOf = (size: number): number => Math.round((1000 * size) / plain);
    expect(plain).toBe(1_562_545);
    expect(ratioOf(packed({ kind: 'fp16' }))).toBe(500);
    expect(ratioOf(packed({ kind: 'bf16' }))).toBe(500);
    // A byte each, and 4 for each 1,024.
    expect(ratioOf(packed({ kind: 'int8' }))).toBe(251);
    // A tenth of the numbers, with a byte each for their places.
    expect(ratioOf(packed({ kind: 'top-k', share: 0.1 }))).toBe(125);
  });

  it('may arrive as an ArrayBuffer, as in browsers', () => {
    const frame = encode(examples.cancel);
    expect(decodeFromCoordinator(Uint8Array.from(frame).buffer)).toEqual(examples.cancel);
  });
});

describe('what is no message', () => {
  const refused: readonly (readonly [string, unknown, string])[] = [
    ['text instead of bytes', 'hello', 'expected bytes, found string'],
    ['nothing', undefined, 'expected bytes, found undefined'],
    ['no bytes', new Uint8Array(), 'cut short'],
    ['half a message', encode(examples.answer).slice(0, 40), 'cut short'],
    ['a map whose key is a list', Uint8Array.of(0x81, 0x90, 0x01), 'a key that is no text'],
    ['a number', pack(7), 'found none'],
    ['a list', pack([1, 2]), 'found none'],
    ['an unknown kind', pack({ kind: 'constructor' }), 'found "constructor"'],
    ["the other side's message", encode(examples.cancel), 'found "cancel"'],
    ['a missing field', pack({ kind: 'failure', id: 1 }), 'failure: reason: Invalid input: expected string'],
    ['an unknown field', pack({ ...examples.failure, colour: 'red' }), 'colour'],
    ['a wrong type', pack({ ...examples.failure, id: '1' }), 'failure: id: Invalid input: expected number'],
    ['a negative count', pack({ ...examples.failure, id: -1 }), 'failure: id'],
    ['a fraction of a round', pack({ ...examples.answer, reply: { ...trainReply(), round: 1.5 } }), 'reply.round'],
    ['absurdly many windows', pack({ ...examples.join, windows: 2 ** 53 - 1 }), 'join: windows: Too big: expected number to be <=10000000'], // prettier-ignore
    ['an endless loss', withSummary({ windows: 1, loss: Infinity }), 'answer: reply.summary.loss'],
    [
      'a memory that was lost in its own words',
      withSummary({ windows: 1, loss: 1, lost: 'a\nb' }),
      'reply.summary.lost',
    ],
    ['a number that nobody asked for', withSummary({ windows: 1, loss: 1, colours: 3 }), 'colours'],
    [
      'how right its labels are, which only a simulation knows',
      withSummary({ windows: 1, loss: 1, labels: { confidence: 1, known: 1, right: 1 } }),
      'answer: reply.summary: Unrecognized key: "labels"',
    ],
    ['a loss that is no number', withSummary({ windows: 1, loss: NaN }), 'answer: reply.summary.loss'],
    [
      'a confusion without a row',
      withEvaluation({ ...contractEvaluation, confusion: [[1, 2]] }),
      'evaluation.confusion',
    ],
    ['half a number', withDelta(new Uint8Array(6)), 'answer: reply.delta: expected a multiple of 4 bytes, found 6'],
    ['numbers in a list', withDelta([1, 2]), 'answer: reply.delta'],
    ['no update', withDelta(null), 'answer: reply.delta: Invalid input: expected object'],
    ['an update in an unknown form', withDelta({ kind: 'fp8' }), 'answer: reply.delta.kind: Invalid'],
    [
      'a third of two halves',
      withDelta({ kind: 'fp16', halves: new Uint8Array(3) }),
      'answer: reply.delta.halves: expected a multiple of 2 bytes, found 3',
    ],
    ['steps without scales', withDelta({ kind: 'int8', steps: new Uint8Array(3) }), 'answer: reply.delta.scales'],
    ['an empty name', pack({ ...examples.proof, client: '' }), 'proof: client'],
    ['a name with control characters', pack({ ...examples.proof, client: 'a\u001b[31m' }), 'proof: client: expected a'],
    ['a name that runs backwards', pack({ ...examples.proof, client: 'an\u202en' }), 'proof: client: expected a name'],
    [
      'a name with an invisible letter',
      pack({ ...examples.proof, client: 'an\u200bn' }),
      'proof: client: expected a name',
    ],
    [
      'a name with a line separator',
      pack({ ...examples.proof, client: 'an\u2028n' }),
      'proof: client: expected a name',
    ],
    ['a name with a space at its end', pack({ ...examples.proof, client: 'ann ' }), 'proof: client: expected a name'],
    ['a name in parts', pack({ ...examples.proof, client: 'u\u0308' }), 'expected a name in composed characters (NFC)'],
    ['an endless name', pack({ ...examples.proof, client: 'a'.repeat(101) }), 'proof: client'],
    [
      'a nonce that is too short',
      pack({ ...examples.hello, nonce: 'A'.repeat(42) }),
      'hello: nonce: expected 32 bytes',
    ],
    [
      'a key with bits beyond its end',
      pack({ ...examples.proof, key: `${'A'.repeat(42)}B` }),
      'proof: key: expected 32',
    ],
    ['half a signature', pack({ ...examples.proof, signature: 'A'.repeat(43) }), 'proof: signature: expected 64 bytes'],
    ['a hello that says who it is', pack({ ...examples.hello, client: 'ann' }), 'client'],
    ['a digest that is none', withStudyDigest('abc'), 'join: studyDigest: expected a SHA-256 in hexadecimal'],
    ['an offer of what is small', pack({ ...examples.offer, bytes: 32_768 }), 'offer: bytes: Too small'],
    ['an offer of too much', pack({ ...examples.offer, bytes: 2 ** 30 + 1 }), 'offer: bytes: Too big'],
    ['a part that is too large', pack({ ...examples.part, content: new Uint8Array(524_289) }), 'at most 524288 bytes'],
    [
      'bytes in place of a map',
      pack({
        ...examples.answer,
        reply: { kind: 'train', ...place, delta: none, examples: 1, summary: new Uint8Array(60_000) },
      }),
      'answer: reply.summary: expected a map, found bytes',
    ],
    ['a digest in capitals', withStudyDigest(digestOfNothing.toUpperCase()), 'join: studyDigest: expected a SHA-256'],
  ];

  it.each(refused)('%s is refused with the reason', (_, frame, reason) => {
    expect(() => decodeFromClient(frame)).toThrow(MessageRefused);
    expect(() => decodeFromClient(frame)).toThrow(reason);
  });

  it('tells a newer client that the coordinator is older, whatever else its hello says', () => {
    const hello = pack({ kind: 'hello', protocol: 7, who: 'ann' });
    expect(() => decodeFromClient(hello)).toThrow(
      'the client speaks version 7 of the protocol, the coordinator version 6: the coordinator is older',
    );
  });

  it('hears a newer client that also speaks a version of its own, whatever else its hello says', () => {
    const hello = { ...examples.hello, protocol: 7, oldest: 6 };
    expect(decodeFromClient(pack({ ...hello, since: 'tomorrow' }))).toEqual(hello);
  });

  it('tells an older client that it is older', () => {
    expect(() => decodeFromClient(pack({ ...examples.hello, protocol: 0, oldest: 0 }))).toThrow('the client is older');
  });

  it('understands the refusal of a newer coordinator', () => {
    expect(decodeFromCoordinator(pack({ ...examples.refusal, since: 'yesterday' }))).toEqual(examples.refusal);
  });

  it('cannot move the cursor of the terminal that prints a reason', () => {
    const decoded = decodeFromCoordinator(encode({ kind: 'refusal', reason: 'a\u001b[2Jb\nc' }));
    expect(decoded).toEqual({ kind: 'refusal', reason: 'a [2Jb c' });
  });

  it('is refused with a text that no terminal or log suffers from', () => {
    const unknownKeys = Array.from({ length: 5_000 }, (_, index) => [`key ${index}`, index]);
    const long = pack({ ...examples.failure, ...Object.fromEntries(unknownKeys) });
    expect(refusalOf(long)).toMatch(/^failure: Unrecognized keys: "key 0", .*…$/);
    expect(refusalOf(long)).toHaveLength(2_000);
    expect(refusalOf(pack({ kind: '\u001b[2J' }))).toContain('found " [2J"');
  });

  it('is refused before each of its values is looked at, where it has too many', () => {
    const accepted = Array<number>(20_000).fill(-1);
    expect(refusalOf(withSummary({ windows: 1, loss: 1, accepted }))).toBe('more than 20000 values');
  });

  it('cannot reach the prototype of what is decoded', () => {
    const study = JSON.parse('{"__proto__": {"polluted": true}}') as unknown;
    const decoded = decodeFromCoordinator(encode({ ...examples.welcome, study })) as { study: object };
    expect(Object.getPrototypeOf(decoded.study)).toBe(Object.prototype);
    expect('polluted' in decoded.study).toBe(false);
  });

  it('never does more harm than a refusal: valid frames with some bytes changed, cut or added', () => {
    const packed = Object.values(packedDeltas).map((delta) => ({
      ...examples.answer,
      reply: { ...trainReply(), delta },
    }));
    const messages: readonly Message[] = [...Object.values(examples), patchedTask, ...packed];
    const frames = messages.map((message) => ({ kind: message.kind, frame: encode(message) }));
    const change = fc.record({ at: fc.nat(), byte: fc.nat(255) });
    fc.assert(
      fc.property(
        fc.constantFrom(...frames),
        fc.array(change, { maxLength: 4 }),
        fc.option(fc.nat()),
        fc.uint8Array({ maxLength: 3 }),
        ({ kind, frame }, changes, cut, tail) => {
          const bytes = Uint8Array.from([...frame.slice(0, cut === null ? undefined : cut % frame.length), ...tail]);
          for (const { at, byte } of changes) {
            bytes[at % bytes.length] = byte;
          }
          expectMessageOrRefusal(decoderOf(kind), bytes);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('never does more harm than a refusal: any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expectMessageOrRefusal(decodeFromClient, bytes);
      }),
      { numRuns: 2_000 },
    );
  });
});

function expectMessageOrRefusal(decode: (frame: unknown) => Message, bytes: Uint8Array): void {
  try {
    expect(Object.keys(examples)).toContain(decode(bytes).kind);
  } catch (error) {
    expect(error).toBeInstanceOf(MessageRefused);
  }
}

function trainReply(): Extract<(typeof examples.answer)['reply'], { readonly kind: 'train' }> {
  const { reply } = examples.answer;
  if (reply.kind !== 'train') {
    throw new Error('the example is a reply to a train task');
  }
  return reply;
}

function deltaOf(message: Message): Float32Array {
  if (message.kind !== 'answer' || message.reply.kind !== 'train' || !(message.reply.delta instanceof Float32Array)) {
    throw new Error(`expected an answer with an update, found ${message.kind}`);
  }
  return message.reply.delta;
}

function withDelta(delta: unknown): Uint8Array {
  return pack({ ...examples.answer, reply: { ...examples.answer.reply, delta } });
}

function withSummary(summary: unknown): Uint8Array {
  return pack({ ...examples.answer, reply: { ...examples.answer.reply, summary } });
}

const place = { stage: 'student', round: 2 };
const none = new Uint8Array();

function withStudyDigest(studyDigest: string): Uint8Array {
  return pack({ ...examples.join, studyDigest });
}

function withEvaluation(evaluation: unknown): Uint8Array {
  return pack({ ...examples.answer, reply: { kind: 'evaluate', stage: 'student', round: 2, evaluation } });
}

function refusalOf(frame: Uint8Array): string {
  try {
    decodeFromClient(frame);
  } catch (error) {
    return (error as MessageRefused).message;
  }
  throw new Error('it was taken for a message');
}
