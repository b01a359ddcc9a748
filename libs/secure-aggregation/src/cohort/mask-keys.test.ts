import { expect, it } from 'vitest';
import { centred, pack, residuesOf } from '../arithmetic/residues.js';
import { ringFor } from '../arithmetic/ring.js';
import { publicKeyOf } from '../keys/agreement.js';
import { addMasks } from '../keys/masks.js';
import { digestOf, termsOf } from '../testing/masked-round.js';
import { nodePrimitives } from '../node.js';
import type { Cohort } from './cohort.js';
import { ownMaskKey, pairMask } from './mask-keys.js';

const secretOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(digestOf(text), 'hex'));
const ring = ringFor(10, [{ size: 3, bound: 2 ** 35 }]);
const terms = termsOf(3, 2 ** 35);

/** A cohort of a, b and c, as far as masks need it. */
const cohort = {
  digest: digestOf('cohort'),
  members: new Map(['a', 'b', 'c'].map((name) => [name, { maskKey: publicKeyOf(secretOf(`mask secret ${name}`)) }])),
} as unknown as Cohort;

const maskOf = (name: string, other: string, of = terms) =>
  pairMask(of, cohort, { name, agree: nodePrimitives.agreement(secretOf(`mask secret ${name}`)) }, other);

it('masks a vector as a second implementation does', () => {
  // By a Python script with the package cryptography, from the same secrets (SHA-256 of "seed", "mask secret a" ...), for
  // client b of the three: x + own mask - mask with a + mask with c, modulo 2^40.
  expect(Buffer.from(ownMaskKey(terms, cohort, secretOf('seed'))).toString('hex')).toBe(
    '3429123bd4c38a9f9dd585307603af50444007c89865926daaf87d35bbf95d07',
  );
  expect(Buffer.from(maskOf('b', 'a').key).toString('hex')).toBe(
    'e59fa38bc4b18627c766de0e6130ba452ed6f276c06f5f9de38127146551d849',
  );
  const values = residuesOf(Float64Array.of(5, -7, 2 ** 30));
  const own = { key: ownMaskKey(terms, cohort, secretOf('seed')), sign: 1 } as const;
  addMasks(values, [own, maskOf('b', 'a'), maskOf('b', 'c')], ring, nodePrimitives);
  expect([...centred(values, ring)].map((value) => (value + 2 ** 40) % 2 ** 40)).toEqual([
    332343194406, 1057549285484, 157520719722,
  ]);
  expect(Buffer.from(pack(values, ring)).toString('hex')).toBe('26b332616c78d93a6a6ff7ac4d00f6002400');
});

it('gives both sides the same mask with opposite signs', () => {
  expect(maskOf('a', 'c')).toEqual({ key: maskOf('c', 'a').key, sign: 1 });
  expect(maskOf('c', 'a').sign).toBe(-1);
});

it('gives clients with different models, rounds or attempts masks that do not cancel', () => {
  const keys = [
    terms,
    { ...terms, model: digestOf('another model') },
    ...[{ round: 4 }, { attempt: 2 }, { stage: 'other' }, { study: digestOf('other') }].map((change) => ({
      ...terms,
      context: { ...terms.context, ...change },
    })),
  ].map((of) => Buffer.from(maskOf('a', 'b', of).key).toString('hex'));
  expect(new Set(keys).size).toBe(6);
});
