/** Spoiled frames into both decoders: each becomes a message or a {@link MessageRefused}, and nothing else happens. */

import { createRng } from '@gaitway/core';
import { decodeFromClient, decodeFromCoordinator, MessageRefused } from '@gaitway/protocol';
import { spoiledFrame } from './frames.js';

export interface CodecFuzz {
  readonly frames: number;
  readonly seconds: number;
  /** The longest that one decoder took, in milliseconds, and for what. */
  readonly longest: { readonly milliseconds: number; readonly frame: number; readonly bytes: number };
  readonly accepted: number;
  readonly refused: Readonly<Record<string, number>>;
  /** MiB. */
  readonly maxMemory: { readonly resident: number; readonly heap: number };
}

/** What texts of refusals have in common. The first that fits counts. */
const classes: readonly (readonly [string, RegExp])[] = [
  ['cut short', /cut short/],
  ['bytes behind the end', /bytes follow its end/],
  ['a kind of value that no message has', /a value of kind 0x/],
  ['too deep', /inside one another/],
  ['too many values', /^more than \d+ values/],
  ['not MessagePack', /^not MessagePack/],
  ['another version', /version \d+ of the protocol|speaks version/],
  ['no kind of message', /^expected a message of kind/],
  ['a field', /^[a-z]+: /],
];

const decoders = [decodeFromClient, decodeFromCoordinator] as const;

/** Frames between two looks at the memory. */
const MEMORY_EVERY = 1_000;

/**
 * @param onProgress - Called now and then with the number of frames so far
 * @throws Error with seed, number and bytes of a frame that did something else
 */
export function fuzzCodec(seed: number, frames: number, onProgress?: (frames: number) => void): CodecFuzz {
  const rng = createRng(seed).fork('codec');
  const refused = new Map<string, number>();
  const maxMemory = { resident: 0, heap: 0 };
  let accepted = 0;
  let longest = { milliseconds: 0, frame: 0, bytes: 0 };
  const start = performance.now();
  for (let number = 0; number < frames; number++) {
    const frame = spoiledFrame(rng.fork(number));
    for (const decode of decoders) {
      const begin = performance.now();
      const outcome = outcomeOf(decode, frame, `seed ${seed}, frame ${number}`);
      const milliseconds = performance.now() - begin;
      longest = milliseconds > longest.milliseconds ? { milliseconds, frame: number, bytes: frame.length } : longest;
      accepted += outcome === undefined ? 1 : 0;
      if (outcome !== undefined) {
        refused.set(outcome, (refused.get(outcome) ?? 0) + 1);
      }
    }
    if (number % MEMORY_EVERY === 0) {
      const { rss, heapUsed } = process.memoryUsage();
      maxMemory.resident = Math.max(maxMemory.resident, rss / 2 ** 20);
      maxMemory.heap = Math.max(maxMemory.heap, heapUsed / 2 ** 20);
      onProgress?.(number);
    }
  }
  const seconds = (performance.now() - start) / 1000;
  return { frames, seconds, longest, accepted, refused: Object.fromEntries(refused), maxMemory };
}

/** The class of the refusal; undefined where the frame is a message. */
function outcomeOf(decode: (frame: unknown) => unknown, frame: Uint8Array, name: string): string | undefined {
  try {
    decode(frame);
  } catch (error) {
    if (error instanceof MessageRefused) {
      return classes.find(([, pattern]) => pattern.test(error.message))?.[0] ?? error.message;
    }
    throw new Error(`${name}: ${Buffer.from(frame).toString('hex')}`, { cause: error });
  } finally {
    requireCleanPrototype(name);
  }
  return undefined;
}

function requireCleanPrototype(name: string): void {
  if ('polluted' in {}) {
    throw new Error(`${name} changed what all objects inherit`);
  }
}
