import fc from 'fast-check';
import { createRng } from '@gaitway/core';
import { describe, expect, it } from 'vitest';
import { decodeFromClient } from '../messages/codec.js';
import { createInbox, type Inbox } from './inbox.js';
import { PART_BYTES, PARTS_AHEAD } from '../limits.js';
import { MessageRefused } from '../message-refused.js';
import type { TransferMessage } from '../messages/messages.js';
import { createOutbox, type Outbox } from './outbox.js';
import { createOutgoingMessage, type OutgoingMessage } from './outgoing-message.js';
import { createReassemblyBuffer, type ReassemblyBuffer } from './reassembly-buffer.js';
import { takeTransfer } from './transfer-messages.js';

/** Bytes without a pattern. */
function bytesOf(length: number, seed = 1): Uint8Array {
  const rng = createRng(seed);
  return Uint8Array.from({ length }, () => rng.integer(256));
}

/** Each look at it is a second later. */
function tickingClock(): () => number {
  let milliseconds = 0;
  return () => (milliseconds += 1_000);
}

/** A connection between an outbox and an inbox: what is sent waits until the test lets it arrive. */
interface Wire {
  readonly outbox: Outbox;
  readonly inbox: Inbox;
  /** On its way from the outbox, and back to it. */
  readonly down: Uint8Array[];
  readonly up: Uint8Array[];
  readonly arrived: Uint8Array[];
  /** Lets one message arrive, in the direction that the number says; false where none is on its way. */
  readonly step: (direction?: number) => boolean;
  /** Lets everything arrive. */
  readonly run: () => void;
  readonly cut: () => void;
}

/** @param now - The sender's clock; by itself a line is neither quick nor slow */
function wire(reassembly: ReassemblyBuffer, now = tickingClock()): Wire {
  const down: Uint8Array[] = [];
  const up: Uint8Array[] = [];
  const arrived: Uint8Array[] = [];
  const outbox = createOutbox({ emit: (message) => down.push(message), now });
  const inbox = createInbox({
    reassembly,
    emit: (message) => up.push(message),
    onMessage: (message) => arrived.push(message),
  });
  const take = (bytes: Uint8Array): void => {
    let message: TransferMessage;
    try {
      message = decodeFromClient(bytes) as TransferMessage;
    } catch {
      arrived.push(bytes);
      return;
    }
    hear(inbox, message);
  };
  const step = (direction = 0): boolean => {
    const reply = direction % 2 === 0 ? up.shift() : undefined;
    const message = reply ? undefined : down.shift();
    if (reply) {
      outbox.acknowledge(decodeFromClient(reply) as TransferMessage & { readonly kind: 'held' });
    } else if (message) {
      take(message);
    }
    return reply !== undefined || message !== undefined;
  };
  return {
    outbox,
    inbox,
    down,
    up,
    arrived,
    step,
    run: () => {
      while (step()) {
        // goes on with what that brought about
      }
    },
    cut: () => {
      outbox.close();
      inbox.close();
    },
  };
}

function hear(inbox: Inbox, message: TransferMessage): void {
  takeTransfer(message, inbox, {
    acknowledge: () => {
      throw new Error('an inbox hears of no messages that it sends');
    },
  });
}

const large = bytesOf(10 * PART_BYTES + 77);
const small = Uint8Array.from([0xc1, 1, 2]);

describe('a message in parts', () => {
  it('arrives whole, and keeps its place among the others', () => {
    const { outbox, arrived, run } = wire(createReassemblyBuffer());
    [small, large, small, bytesOf(2 * PART_BYTES, 2)].map(createOutgoingMessage).forEach((outgoing) => {
      outbox.post(outgoing);
    });
    run();
    expect(arrived.map(({ length }) => length)).toEqual([3, large.length, 3, 2 * PART_BYTES]);
    expect(Buffer.compare(arrived[1]!, large)).toBe(0);
  });

  it('leaves at once as one when it is no larger than a part', () => {
    const { outbox, down } = wire(createReassemblyBuffer());
    const message = bytesOf(PART_BYTES);
    outbox.post(createOutgoingMessage(message));
    expect(down).toEqual([message]);
  });

  it('never has more than some parts on their way', () => {
    const { outbox, down, step } = wire(createReassemblyBuffer());
    outbox.post(createOutgoingMessage(large));
    let most = 0;
    do {
      most = Math.max(most, down.length);
    } while (step());
    expect(most).toBe(PARTS_AHEAD);
  });

  it('travels in larger parts on a quick line, and in small ones again when it gets slow', () => {
    let milliseconds = 0;
    const { outbox, down, up, step } = wire(createReassemblyBuffer(), () => milliseconds);
    const sizes: number[] = [];
    outbox.post(createOutgoingMessage(new Uint8Array(400 * PART_BYTES)));
    do {
      const message = up.length === 0 && down[0] && (decodeFromClient(down[0]) as TransferMessage);
      if (message && message.kind === 'part') {
        sizes.push(message.content.length / PART_BYTES);
        milliseconds += sizes.length < 20 ? 50 : 3_000;
      }
    } while (step());
    expect(sizes.slice(0, 10)).toEqual([1, 1, 1, 1, 1, 1, 1, 2, 2, 2]);
    expect(Math.max(...sizes)).toBe(16);
    expect(sizes.at(-2)).toBe(1);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(400);
  });

  it('goes on where the last connection broke, however often', () => {
    const reassembly = createReassemblyBuffer();
    const outgoing = createOutgoingMessage(large);
    const sent: number[] = [];
    for (let connection = 0; connection < 6; connection++) {
      const { outbox, down, arrived, step, cut } = wire(reassembly);
      outbox.post(outgoing);
      let parts = 0;
      do {
        parts += down[0] && decodeFromClient(down[0]).kind === 'part' ? 1 : 0;
      } while ((step(1) || step()) && parts < 3 && arrived.length === 0);
      cut();
      sent.push(parts);
      if (arrived.length > 0) {
        expect(Buffer.compare(arrived[0]!, large)).toBe(0);
        break;
      }
    }
    expect(sent).toEqual([3, 3, 3, 2]);
  });

  it('is whole on the next connection when the last one broke after its last part', () => {
    const reassembly = createReassemblyBuffer();
    const first = wire(reassembly);
    first.outbox.post(createOutgoingMessage(large));
    while (first.arrived.length === 0) {
      first.step();
    }
    first.cut();
    const next = wire(reassembly);
    next.outbox.post(createOutgoingMessage(large));
    next.run();
    expect(next.arrived).toHaveLength(1);
    expect(Buffer.compare(next.arrived[0]!, large)).toBe(0);
  });

  it('does not travel again when it is sent again', () => {
    const reassembly = createReassemblyBuffer();
    const outgoing = createOutgoingMessage(large);
    const first = wire(reassembly);
    first.outbox.post(outgoing);
    first.run();
    const next = wire(reassembly);
    next.outbox.post(outgoing);
    next.outbox.post(createOutgoingMessage(small));
    expect(next.down).toHaveLength(1);
    next.run();
    expect(next.arrived.map(({ length }) => length)).toEqual([large.length, 3]);
  });

  it('does not go on from another message, though that is as long', () => {
    const reassembly = createReassemblyBuffer();
    const first = wire(reassembly);
    first.outbox.post(createOutgoingMessage(large));
    first.step();
    first.step();
    first.cut();
    const other = bytesOf(large.length, 2);
    const next = wire(reassembly);
    next.outbox.post(createOutgoingMessage(other));
    next.run();
    expect(next.arrived.map((found) => Buffer.compare(found, other))).toEqual([0]);
  });

  it('is taken back while some of it has not left, and the next one follows', () => {
    const { outbox, arrived, run, step, down } = wire(createReassemblyBuffer());
    const outgoing = createOutgoingMessage(large);
    outbox.post(outgoing);
    outbox.post(createOutgoingMessage(small));
    while (!down.some((message) => decodeFromClient(message).kind === 'part')) {
      step();
    }
    expect(outbox.withdraw(outgoing)).toBe(true);
    outbox.post(createOutgoingMessage(large));
    run();
    expect(arrived.map(({ length }) => length)).toEqual([3, large.length]);
    expect(outbox.withdraw(outgoing)).toBe(false);
  });

  it('is taken back before it is its turn', () => {
    const { outbox, arrived, run } = wire(createReassemblyBuffer());
    const outgoing = createOutgoingMessage(bytesOf(3 * PART_BYTES, 3));
    outbox.post(createOutgoingMessage(large));
    outbox.post(outgoing);
    expect(outbox.withdraw(outgoing)).toBe(true);
    run();
    expect(arrived.map(({ length }) => length)).toEqual([large.length]);
  });

  it('arrives once, bit for bit, whatever the order in which both sides hear, and wherever connections break', () => {
    const anyLength = fc.integer({ min: 1, max: 5 * PART_BYTES });
    fc.assert(
      fc.property(anyLength, fc.array(fc.array(fc.nat(1), { maxLength: 12 }), { maxLength: 5 }), (length, cuts) => {
        const reassembly = createReassemblyBuffer();
        const message = Uint8Array.from([0xc1, ...bytesOf(length)]);
        const outgoing = createOutgoingMessage(message);
        const arrived: Uint8Array[] = [];
        for (const directions of cuts) {
          const line = wire(reassembly);
          line.outbox.post(outgoing);
          for (const direction of directions) {
            line.step(direction);
          }
          line.cut();
          arrived.push(...line.arrived);
        }
        const last = wire(reassembly);
        if (arrived.length === 0) {
          last.outbox.post(outgoing);
          last.run();
        }
        const all = [...arrived, ...last.arrived];
        expect(all.length).toBeGreaterThanOrEqual(1);
        expect(all.every((found) => Buffer.compare(found, message) === 0)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('parts that do not fit', () => {
  const offer = { kind: 'offer', id: 1, name: 'a-message', bytes: 3 * PART_BYTES } as const;
  const whole = new Uint8Array(PART_BYTES);

  it.each<readonly [string, readonly TransferMessage[], string]>([
    ['without an offer', [{ kind: 'part', offset: 0, content: whole }], 'expected an offer before it'],
    [
      'behind a gap',
      [offer, { kind: 'part', offset: PART_BYTES, content: whole }],
      `expected a multiple of ${PART_BYTES} bytes from 0`,
    ],
    ['of another size', [offer, { kind: 'part', offset: 0, content: Uint8Array.of(1) }], 'found 1 from 0'],
    ['with nothing in it', [offer, { kind: 'part', offset: 0, content: new Uint8Array() }], 'found 0 from 0'],
    [
      'of a message that was withdrawn',
      [offer, { kind: 'withdrawal', id: 1 }, { kind: 'part', offset: 0, content: whole }],
      'expected an offer',
    ],
    ['of two messages at once', [offer, { ...offer, id: 2 }], 'expected the message before it to be whole'],
    ['withdrawn without an offer', [{ kind: 'withdrawal', id: 1 }], 'expected an offer that is open, found 1'],
  ])('are refused: %s', (_, messages, reason) => {
    const { inbox } = wire(createReassemblyBuffer());
    const all = (): void => {
      messages.forEach((message) => {
        hear(inbox, message);
      });
    };
    expect(all).toThrow(MessageRefused);
    expect(() => {
      const again = wire(createReassemblyBuffer()).inbox;
      messages.forEach((message) => {
        hear(again, message);
      });
    }).toThrow(reason);
  });
});

describe('what the other side says that it holds', () => {
  function offered(): readonly [Wire, OutgoingMessage] {
    const line = wire(createReassemblyBuffer());
    const outgoing = createOutgoingMessage(large);
    line.outbox.post(outgoing);
    return [line, outgoing];
  }
  const total = large.length;

  it.each([
    ['more than there is', [total + 1]],
    ['half a part', [100]],
    ['more than was sent', [0, 5 * PART_BYTES]],
    ['less than before', [2 * PART_BYTES, PART_BYTES]],
    ['the same again', [0, 0]],
  ])('is refused when it is %s', (_, bytes) => {
    const [{ outbox }] = offered();
    expect(() => {
      bytes.forEach((held) => {
        outbox.acknowledge({ kind: 'held', id: 1, bytes: held });
      });
    }).toThrow(MessageRefused);
  });

  it('is refused about an offer that was never made', () => {
    const [{ outbox }] = offered();
    expect(() => outbox.acknowledge({ kind: 'held', id: 2, bytes: 0 })).toThrow(
      'expected an offer that was made, found 2',
    );
  });

  it('changes nothing about a message that was withdrawn', () => {
    const [{ outbox, down }, outgoing] = offered();
    outbox.withdraw(outgoing);
    const before = down.length;
    expect(outbox.acknowledge({ kind: 'held', id: 1, bytes: 0 })).toBe(false);
    expect(down.length).toBe(before);
  });

  it('changes nothing once the connection is gone', () => {
    const [{ outbox, down, cut }] = offered();
    cut();
    expect(outbox.acknowledge({ kind: 'held', id: 1, bytes: 0 })).toBe(false);
    expect(down).toHaveLength(1);
  });

  it('is a step further only where parts have arrived on this connection', () => {
    const [{ outbox }] = offered();
    expect(outbox.hasProgressed()).toBe(false);
    outbox.acknowledge({ kind: 'held', id: 1, bytes: 2 * PART_BYTES });
    expect(outbox.hasProgressed()).toBe(false);
    outbox.acknowledge({ kind: 'held', id: 1, bytes: 3 * PART_BYTES });
    expect(outbox.hasProgressed()).toBe(true);
  });
});
