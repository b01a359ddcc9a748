/** Ways to spoil a message's content: other values, numbers, keys and lengths than a message has. */

import type { Rng } from '@gaitway/core';
import { chosen } from './byte-mutations.js';

const LONG_TEXT = 100_000;
const MANY = 20_000;

const numbers = [NaN, Infinity, -Infinity, -0, -1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 5e-324] as const;
const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'length', '', 'kind', ' '] as const;
const kinds = [
  'hello',
  'join',
  'answer',
  'task',
  'welcome',
  'train',
  'evaluate',
  'fp16',
  'top-k',
  '__proto__',
] as const;

type Make = (value: unknown, rng: Rng) => unknown;

/** What a value becomes. */
const replacements: readonly Make[] = [
  (_, rng) => chosen(numbers, rng),
  (_, rng) => chosen([null, true, false, '', 'x', [], {}, new Uint8Array(3), [[]], { kind: 'train' }], rng),
  (_, rng) => chosen(kinds, rng),
  (value) => [value],
  (value) => ({ value }),
  (value, rng) =>
    withKey(isMap(value) ? value : {}, chosen(keys, rng), rng.uniform() < 0.5 ? { polluted: true } : value),
  (value, rng) => (isMap(value) ? withoutKey(value, chosen(Object.keys(value), rng)) : undefined),
  (value, rng) => (typeof value === 'string' ? `${value}\u001b[2J\u0000\ud800` : rng.integer(100)),
  (_, rng) => new Uint8Array(rng.integer(64)),
];

/** The same for values that take long to make and to check. */
const largeReplacements: readonly Make[] = [
  () => 'x'.repeat(LONG_TEXT),
  () => new Uint8Array(4 * LONG_TEXT),
  () => Array<unknown>(MANY).fill([]),
  () => Object.fromEntries(Array.from({ length: MANY }, (_, index) => [`key ${index}`, index])),
];

const LARGE_SHARE = 0.002;

/** The content with one value of it, picked at random, replaced. */
export function spoilValue(content: unknown, rng: Rng): unknown {
  const place = rng.integer(valuesIn(content));
  const make = chosen(rng.uniform() < LARGE_SHARE ? largeReplacements : replacements, rng);
  return replaced(content, place, (value) => make(value, rng));
}

function valuesIn(value: unknown): number {
  return 1 + members(value).reduce((sum, [, member]) => sum + valuesIn(member), 0);
}

/** The value with the one at `place`, counted from the outside in and from the first to the last, replaced. */
function replaced(value: unknown, place: number, make: (value: unknown) => unknown): unknown {
  if (place === 0) {
    return make(value);
  }
  let before = 1;
  const changed = members(value).map(([key, member]) => {
    const inside = place - before;
    const size = valuesIn(member);
    before += size;
    return [key, inside >= 0 && inside < size ? replaced(member, inside, make) : member] as const;
  });
  return Array.isArray(value) ? changed.map(([, member]) => member) : Object.fromEntries(changed);
}

function members(value: unknown): readonly (readonly [string, unknown])[] {
  return Array.isArray(value) || isMap(value) ? Object.entries(value) : [];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** Not by assignment, which would do what `__proto__` says instead of sending it. */
function withKey(map: object, key: string, value: unknown): object {
  return Object.defineProperty({ ...map }, key, { value, enumerable: true, configurable: true, writable: true });
}

function withoutKey(map: Readonly<Record<string, unknown>>, key: string): object {
  return Object.fromEntries(Object.entries(map).filter(([other]) => other !== key));
}
