import fc from 'fast-check';
import { createRng } from '@gaitway/core';
import { describe, expect, it } from 'vitest';
import { decodeFromClient, encode } from './codec.js';
import { createInbox, type Inbox } from './inbox.js';
import { PART_BYTES, PARTS_AHEAD } from './limits.js';
import { MessageRefused } from './message-refused.js';
import type { TransferMessage } from './messages.js';
import { createOutbox, type Outbox } from './outbox.js';
import { createParcel, type Parcel } from './parcel.js';
import { createShelf, type Shelf } from './shelf.js';
import { takeTransfer } from './take-transfer.js';

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
  readonly refused: MessageRefused[];
  /** Lets one message arrive, in the direction that the number says; false where none is on its way. */
  readonly step: (direction?: number) => boolean;
  /** Lets everything arrive. */
  readonly run: () => Promise<void>;
  readonly cut: () => void;
}

/** Digests are made in another thread. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** @param now - The sender's clock; by itself a line is neither quick nor slow */
function wire(shelf: Shelf, now = tickingClock()): Wire {
  const down: Uint8Array[] = [];
  const up: Uint8Array[] = [];
  const arrived: Uint8Array[] = [];
  const refused: MessageRefused[] = [];
  const outbox = createOutbox({ emit: (message) => down.push(message), now });
  const inbox = createInbox({
    shelf,
    emit: (message) => up.push(message),
    onMessage: (message) => arrived.push(message),
    onRefused: (error) => refused.push(error),
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
      outbox.confirm(decodeFromClient(reply) as TransferMessage & { readonly kind: 'held' });
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
    refused,
    step,
    run: async () => {
      for (let idle = 0; idle < 20; idle = step() ? 0 : idle + 1) {
        await settle();
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
    confirm: () => {
      throw new Error('an inbox hears of no messages that it sends');
    },
  });
}

const large = bytesOf(10 * PART_BYTES + 77);
const small = Uint8Array.from([0xc1, 1, 2]);

describe('a message in parts', () => {
  it('arrives whole, and keeps its place among the others', async () => {
    const { outbox, arrived, run } = wire(createShelf());
    [small, large, small, bytesOf(2 * PART_BYTES, 2)].map(createParcel).forEach((parcel) => {
      outbox.post(parcel);
    });
    await run();
    expect(arrived.map(({ length }) => length)).toEqual([3, large.length, 3, 2 * PART_BYTES]);
    expect(Buffer.compare(arrived[1]!, large)).toBe(0);
  });

  it('leaves at once as one when it is no larger than a part', () => {
    const { outbox, down } = wire(createShelf());
    const message = bytesOf(PART_BYTES);
    outbox.post(createParcel(message));
    expect(down).toEqual([message]);
  });

  it('never has more than some parts on their way', async () => {
    const { outbox, down, step } = wire(createShelf());
    outbox.post(createParcel(large));
    let most = 0;
    for (let idle = 0; idle < 20; idle = step() ? 0 : idle + 1) {
      most = Math.max(most, down.length);
      await settle();
    }
    expect(most).toBe(PARTS_AHEAD);
  });

  it('travels in larger parts on a quick line, and in small ones again when it gets slow', async () => {
    let milliseconds = 0;
    const { outbox, down, up, step } = wire(createShelf(), () => milliseconds);
    const sizes: number[] = [];
    outbox.post(createParcel(new Uint8Array(100 * PART_BYTES)));
    for (let idle = 0; idle < 20; idle = step() ? 0 : idle + 1) {
      const message = up.length === 0 && down[0] && (decodeFromClient(down[0]) as TransferMessage);
      if (message && message.kind === 'part') {
        sizes.push(message.content.length / PART_BYTES);
        milliseconds += sizes.length < 20 ? 50 : 3_000;
      }
      await settle();
    }
    expect(sizes.slice(0, 10)).toEqual([1, 1, 1, 1, 1, 1, 1, 2, 2, 2]);
    expect(Math.max(...sizes)).toBe(8);
    expect(sizes.at(-2)).toBe(1);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(100);
  });

  it('goes on where the last connection broke, however often', async () => {
    const shelf = createShelf();
    const parcel = createParcel(large);
    const sent: number[] = [];
    for (let connection = 0; connection < 6; connection++) {
      const { outbox, down, arrived, step, cut } = wire(shelf);
      outbox.post(parcel);
      let parts = 0;
      for (let idle = 0; idle < 20 && parts < 3 && arrived.length === 0;) {
        parts += down[0] && decodeFromClient(down[0]).kind === 'part' ? 1 : 0;
        idle = step(1) || step() ? 0 : idle + 1;
        await settle();
      }
      cut();
      sent.push(parts);
      if (arrived.length > 0) {
        expect(Buffer.compare(arrived[0]!, large)).toBe(0);
        break;
      }
    }
    expect(sent).toEqual([3, 3, 3, 2]);
  });

  it('is whole on the next connection when the last one broke after its last part', async () => {
    const shelf = createShelf();
    const first = wire(shelf);
    first.outbox.post(createParcel(large));
    for (let parts = 0; parts < 11;) {
      parts += first.down[0] && decodeFromClient(first.down[0]).kind === 'part' ? 1 : 0;
      first.step(1);
      first.step();
      if (parts < 11) {
        await settle();
      }
    }
    first.cut();
    const next = wire(shelf);
    next.outbox.post(createParcel(large));
    await next.run();
    expect(first.arrived).toEqual([]);
    expect(next.arrived).toHaveLength(1);
    expect(Buffer.compare(next.arrived[0]!, large)).toBe(0);
  });

  it('does not travel again when it is sent again', async () => {
    const shelf = createShelf();
    const first = wire(shelf);
    first.outbox.post(createParcel(large));
    await first.run();
    const next = wire(shelf);
    next.outbox.post(createParcel(large));
    next.outbox.post(createParcel(small));
    while (next.down.length === 0) {
      await settle();
    }
    expect(next.down).toHaveLength(1);
    await next.run();
    expect(next.arrived.map(({ length }) => length)).toEqual([large.length, 3]);
  });

  it('is taken back while some of it has not left, and the next one follows', async () => {
    const { outbox, arrived, run, step, down } = wire(createShelf());
    const parcel = createParcel(large);
    outbox.post(parcel);
    outbox.post(createParcel(small));
    while (!down.some((message) => decodeFromClient(message).kind === 'part')) {
      step();
      await settle();
    }
    expect(outbox.withdraw(parcel)).toBe(true);
    outbox.post(createParcel(large));
    await run();
    expect(arrived.map(({ length }) => length)).toEqual([3, large.length]);
    expect(outbox.withdraw(parcel)).toBe(false);
  });

  it('is taken back before it is its turn', async () => {
    const { outbox, arrived, run } = wire(createShelf());
    const parcel = createParcel(bytesOf(3 * PART_BYTES, 3));
    outbox.post(createParcel(large));
    outbox.post(parcel);
    expect(outbox.withdraw(parcel)).toBe(true);
    await run();
    expect(arrived.map(({ length }) => length)).toEqual([large.length]);
  });

  it('arrives once, bit for bit, whatever the order in which both sides hear, and wherever connections break', async () => {
    const anyLength = fc.integer({ min: 1, max: 5 * PART_BYTES });
    await fc.assert(
      fc.asyncProperty(
        anyLength,
        fc.array(fc.array(fc.nat(1), { maxLength: 12 }), { maxLength: 5 }),
        async (length, cuts) => {
          const shelf = createShelf();
          const message = Uint8Array.from([0xc1, ...bytesOf(length)]);
          const parcel = createParcel(message);
          const arrived: Uint8Array[] = [];
          for (const directions of cuts) {
            const line = wire(shelf);
            line.outbox.post(parcel);
            for (const direction of directions) {
              await settle();
              line.step(direction);
            }
            line.cut();
            arrived.push(...line.arrived);
          }
          const last = wire(shelf);
          if (arrived.length === 0) {
            last.outbox.post(parcel);
            await last.run();
          }
          const all = [...arrived, ...last.arrived];
          expect(all.length).toBeGreaterThanOrEqual(1);
          expect(all.every((found) => Buffer.compare(found, message) === 0)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('parts that do not fit', () => {
  const offer = { kind: 'offer', id: 1, digest: 'a'.repeat(64), bytes: 3 * PART_BYTES } as const;
  const whole = new Uint8Array(PART_BYTES);

  it.each<readonly [string, readonly TransferMessage[], string]>([
    ['without an offer', [{ kind: 'part', offset: 0, content: whole }], 'expected an offer before it'],
    [
      'behind a gap',
      [offer, { kind: 'part', offset: PART_BYTES, content: whole }],
      `expected some times ${PART_BYTES} bytes from 0`,
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
    const { inbox } = wire(createShelf());
    const all = (): void => {
      messages.forEach((message) => {
        hear(inbox, message);
      });
    };
    expect(all).toThrow(MessageRefused);
    expect(() => {
      const again = wire(createShelf()).inbox;
      messages.forEach((message) => {
        hear(again, message);
      });
    }).toThrow(reason);
  });

  it('are refused when together they are another message, and none of it is kept', async () => {
    const shelf = createShelf();
    const { inbox, refused, arrived, up } = wire(shelf);
    inbox.offer(offer);
    [0, 1, 2].forEach((index) => {
      inbox.part({ kind: 'part', offset: index * PART_BYTES, content: whole });
    });
    while (refused.length === 0) {
      await settle();
    }
    expect(refused[0]?.message).toContain(`expected a message with digest ${offer.digest}`);
    expect(arrived).toEqual([]);
    expect(up.map((message) => decodeFromClient(message))).not.toContainEqual({
      kind: 'held',
      id: 1,
      bytes: offer.bytes,
    });
    const next = wire(shelf);
    next.inbox.offer(offer);
    expect(next.up).toEqual([encode({ kind: 'held', id: 1, bytes: 0 })]);
  });
});

describe('what the other side says that it holds', () => {
  async function offered(): Promise<readonly [Wire, Parcel]> {
    const line = wire(createShelf());
    const parcel = createParcel(large);
    line.outbox.post(parcel);
    while (line.down.length === 0) {
      await settle();
    }
    return [line, parcel];
  }
  const total = large.length;

  it.each([
    ['more than there is', [total + 1]],
    ['half a part', [100]],
    ['more than was sent', [0, 5 * PART_BYTES]],
    ['less than before', [2 * PART_BYTES, PART_BYTES]],
    ['the same again', [0, 0]],
  ])('is refused when it is %s', async (_, bytes) => {
    const [{ outbox }] = await offered();
    expect(() => {
      bytes.forEach((held) => {
        outbox.confirm({ kind: 'held', id: 1, bytes: held });
      });
    }).toThrow(MessageRefused);
  });

  it('is refused about an offer that was never made', async () => {
    const [{ outbox }] = await offered();
    expect(() => outbox.confirm({ kind: 'held', id: 2, bytes: 0 })).toThrow('expected an offer that was made, found 2');
  });

  it('is refused before the offer has left', () => {
    const { outbox } = wire(createShelf());
    outbox.post(createParcel(large));
    expect(() => outbox.confirm({ kind: 'held', id: 1, bytes: 0 })).toThrow(MessageRefused);
  });

  it('changes nothing about a message that was withdrawn', async () => {
    const [{ outbox, down }, parcel] = await offered();
    outbox.withdraw(parcel);
    const before = down.length;
    expect(outbox.confirm({ kind: 'held', id: 1, bytes: 0 })).toBe(false);
    expect(down.length).toBe(before);
  });

  it('changes nothing once the connection is gone', async () => {
    const [{ outbox, down, cut }] = await offered();
    cut();
    expect(outbox.confirm({ kind: 'held', id: 1, bytes: 0 })).toBe(false);
    expect(down).toHaveLength(1);
  });

  it('is a step further only where parts have arrived on this connection', async () => {
    const [{ outbox }] = await offered();
    expect(outbox.isFurther()).toBe(false);
    outbox.confirm({ kind: 'held', id: 1, bytes: 2 * PART_BYTES });
    expect(outbox.isFurther()).toBe(false);
    outbox.confirm({ kind: 'held', id: 1, bytes: 3 * PART_BYTES });
    expect(outbox.isFurther()).toBe(true);
  });
});
