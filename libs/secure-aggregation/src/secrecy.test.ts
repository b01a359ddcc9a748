/** What the coordinator holds and what travels never has a client's vector: not its numbers, and not its bytes in any form. */

import { describe, expect, it } from 'vitest';
import { pack, residuesOf } from './arithmetic/residues.js';
import { ringFor } from './arithmetic/ring.js';
import { conduct, type Course, nameOf, roundOf, seededBytes, termsOf } from './testing/masked-round.js';

const SIZE = 12;
const CLIENTS = 5;
const terms = termsOf(SIZE, 2 ** 35);

/** Values above 2^32, of which two in a row occur nowhere by chance. */
function vectorOf(index: number): Float64Array {
  const words = new Uint32Array(seededBytes(`plain ${index}`)(4 * SIZE).slice().buffer);
  return Float64Array.from([...words, 20 + index], (word, place) =>
    place === SIZE ? word : 2 ** 33 + word * (place % 2 ? 1 : -4),
  );
}

/** The ways in which two values in a row of a vector could be written. */
function formsOf(vector: Float64Array): { readonly numbers: readonly string[]; readonly bytes: readonly string[] } {
  const ring = ringFor(CLIENTS, terms.segments);
  const bytes: string[] = [];
  const numbers: string[] = [];
  for (let place = 0; place + 1 < SIZE; place++) {
    const pair = vector.slice(place, place + 2);
    const residues = residuesOf(pair);
    const lowHalves = pack(residues, ring).slice(0, 8);
    const reduced = residues.map((value) => BigInt.asUintN(ring.bits, value));
    numbers.push(pair.join(), reduced.join());
    bytes.push(
      ...[pair, Float32Array.from(pair), residues, reduced].map(({ buffer }) => hexOf(new Uint8Array(buffer))),
    );
    bytes.push(hexOf(lowHalves));
  }
  return { numbers, bytes };
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Everything inside a value as text: numbers in lists one after the other, bytes in hexadecimal. */
function textOf(value: unknown): string {
  if (value instanceof Uint8Array) {
    return hexOf(value);
  }
  if (value instanceof Float64Array || value instanceof BigInt64Array) {
    return `${value.join()} ${hexOf(new Uint8Array(value.slice().buffer))}`;
  }
  if (value instanceof Map || value instanceof Set || Array.isArray(value)) {
    return `${[...value].map(textOf).join()} `;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).map(textOf).join(' ');
  }
  return String(value);
}

const plainForms = Array.from({ length: CLIENTS }, (_, index) => formsOf(vectorOf(index)));

/** The clients of whose vectors two values in a row occur in a value. */
function exposedIn(value: unknown): readonly string[] {
  const text = textOf(value);
  return plainForms.flatMap(({ numbers, bytes }, index) =>
    [...numbers, ...bytes].some((form) => text.includes(form)) ? [nameOf(index)] : [],
  );
}

/** Conducts a round and looks at every state of the coordinator, and at all that was sent. */
function exposedBy(course: Course): {
  readonly phase: string;
  readonly exposed: readonly string[];
  readonly seen: number;
} {
  const exposed: string[] = [];
  let seen = 0;
  const watch: Course['watch'] = (state) => {
    seen++;
    exposed.push(...exposedIn(state));
  };
  const { state, traffic } = conduct(roundOf(CLIENTS, terms, vectorOf), { ...course, watch });
  return { phase: state.phase, exposed: [...exposed, ...exposedIn(traffic)], seen };
}

describe('a round shows no vector', () => {
  it('to a coordinator that completes it, whoever leaves', () => {
    expect(exposedBy({})).toEqual({ phase: 'completed', exposed: [], seen: 5 * CLIENTS + 5 });
    for (const after of [2, 3, 4]) {
      expect(exposedBy({ leavesAfter: new Map([['ward-2', after]]) })).toMatchObject({
        phase: 'completed',
        exposed: [],
      });
    }
  });

  it.each([1, 2, 3, 4])('to one that is left with too few clients after message %i', (after) => {
    const leavesAfter = new Map([0, 3].map((index) => [nameOf(index), after]));
    expect(exposedBy({ leavesAfter })).toMatchObject({ phase: 'aborted', exposed: [] });
  });
});

describe('the search', () => {
  it('finds a vector in every form that it looks for', () => {
    const ring = ringFor(CLIENTS, terms.segments);
    const vector = vectorOf(1);
    const residues = residuesOf(vector);
    const float64 = new Uint8Array(vector.slice().buffer);
    const float32 = new Uint8Array(Float32Array.from(vector).buffer);
    for (const form of [vector, residues, pack(residues, ring), float64, float32, [...vector]]) {
      expect(exposedIn({ deep: new Map([['inside', [{ form }]]]) })).toEqual(['ward-1']);
    }
  });
});
