/** Ways to spoil bytes without knowing what they mean. */

import type { Rng } from '@gaitway/core';

/** Makes other bytes of `frame`, which it leaves as it is; `other` is one more frame to take from. */
export type ByteMutation = (frame: Uint8Array, other: Uint8Array, rng: Rng) => Uint8Array;

const MAX_FLIPS = 8;
const MAX_COPIES = 5;
const MAX_RANDOM_BYTES = 300;
const MAX_NESTED = 5_000;

/** First bytes of MessagePack values that say their length, and bytes of kinds that no message has. */
const declaring = [0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf] as const;
const unusual = [0xc0, 0xc1, 0xca, 0xcb, 0xcf, 0xd3, 0xd4, 0xd8] as const;

/** Lists of one, maps of one pair whose key is `a`, and lists of four thousand million. */
const openings = [[0x91], [0x81, 0xa1, 0x61], [0xdd, 0xff, 0xff, 0xff, 0xff]] as const;

function flipBits(frame: Uint8Array, _: Uint8Array, rng: Rng): Uint8Array {
  const spoiled = frame.slice();
  for (let flips = 1 + rng.integer(MAX_FLIPS); flips > 0 && spoiled.length > 0; flips--) {
    const place = rng.integer(spoiled.length);
    spoiled[place] = (spoiled[place] ?? 0) ^ (1 << rng.integer(8));
  }
  return spoiled;
}

function cut(frame: Uint8Array, _: Uint8Array, rng: Rng): Uint8Array {
  const from = rng.uniform() < 0.5 ? 0 : placeIn(frame, rng);
  return frame.slice(from, from + placeIn(frame.subarray(from), rng));
}

function splice(frame: Uint8Array, other: Uint8Array, rng: Rng): Uint8Array {
  return joined(frame.subarray(0, placeIn(frame, rng)), other.subarray(placeIn(other, rng)));
}

function repeat(frame: Uint8Array, _: Uint8Array, rng: Rng): Uint8Array {
  const from = placeIn(frame, rng);
  const part = frame.subarray(from, from + placeIn(frame.subarray(from), rng));
  return joined(
    frame.subarray(0, from),
    ...Array<Uint8Array>(1 + rng.integer(MAX_COPIES)).fill(part),
    frame.subarray(from),
  );
}

/** Says at some place that something huge follows. */
function declareLength(frame: Uint8Array, _: Uint8Array, rng: Rng): Uint8Array {
  const place = placeIn(frame, rng);
  const length = Array.from({ length: 4 }, () => (rng.uniform() < 0.5 ? 0xff : rng.integer(256)));
  const header = Uint8Array.of(chosen(declaring, rng), ...length);
  const skipped = rng.uniform() < 0.5 ? header.length : 0;
  return joined(frame.subarray(0, place), header, frame.subarray(place + skipped));
}

function nestDeeply(frame: Uint8Array, _: Uint8Array, rng: Rng): Uint8Array {
  const place = placeIn(frame, rng);
  const opening = chosen(openings, rng);
  const levels = Array<readonly number[]>(1 + rng.integer(rng.uniform() < 0.9 ? 50 : MAX_NESTED)).fill(opening);
  return joined(frame.subarray(0, place), Uint8Array.from(levels.flat()), frame.subarray(place));
}

function placeUnusual(frame: Uint8Array, _: Uint8Array, rng: Rng): Uint8Array {
  const spoiled = frame.slice();
  spoiled[placeIn(frame, rng)] = chosen(unusual, rng); // behind the end it changes nothing
  return spoiled;
}

function randomBytes(_: Uint8Array, __: Uint8Array, rng: Rng): Uint8Array {
  return Uint8Array.from({ length: rng.integer(MAX_RANDOM_BYTES) }, () => rng.integer(256));
}

export const byteMutations: readonly ByteMutation[] = [
  flipBits,
  cut,
  splice,
  repeat,
  declareLength,
  nestDeeply,
  placeUnusual,
  randomBytes,
];

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

export function chosen<T>(values: readonly [T, ...T[]] | readonly T[], rng: Rng): T {
  return values[rng.integer(values.length)] as T;
}

/** A place in the frame, its end included. */
function placeIn(frame: Uint8Array, rng: Rng): number {
  return rng.integer(frame.length + 1);
}
