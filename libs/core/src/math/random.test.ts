import { describe, expect, it } from 'vitest';
import { chiSquaredUniform, correlation, mean, standardDeviation } from '../testing/draws.js';
import { createRng, type Rng, shuffledIndices } from './random.js';

// Expected draws: an independent implementation in Python, from the published definitions of sfc32 and cyrb128.

const draws = (count: number, draw: () => number): number[] => Array.from({ length: count }, () => draw());
const words = (rng: Rng, count = 4): number[] => draws(count, () => rng.uint32());

describe('the generator of a seed', () => {
  it('draws the words that the Python implementation draws', () => {
    expect(words(createRng(7), 6)).toEqual([3645788609, 3421441389, 82874595, 408041621, 2169877979, 319689991]);
    expect(words(createRng('gaitway'))).toEqual([3678825852, 2414963727, 1118667400, 3796147530]);
    expect(words(createRng(7).fork('round', 3, 'client', 'ann'))).toEqual([
      1746964131, 1521058482, 177381837, 4189553185,
    ]);
  });

  it('derives uniform, integer and normal draws from the words as the Python implementation does', () => {
    const [uniform, integer, large, normal] = [createRng(7), createRng(7), createRng(7), createRng(7)];
    expect(draws(3, () => uniform.uniform())).toEqual([0.848851308459416, 0.7966164008248597, 0.019295745296403766]);
    expect(draws(12, () => integer.integer(10))).toEqual([9, 9, 5, 1, 9, 1, 7, 4, 8, 4, 7, 2]);
    // Words from 3 x 2^30 up are drawn again: the first two are left out.
    expect(draws(4, () => large.integer(3 * 2 ** 30))).toEqual([82874595, 408041621, 2169877979, 319689991]);
    const expected = [0.451848939482528, 0.38419178284787586, 0.00983495634243265, -0.8027152416194223];
    draws(4, () => normal.normal()).forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index]!, 14);
    });
  });
});

describe('words that are filled in', () => {
  it.each([0, 1, 4095, 4096, 10_000])('are the next %d draws, and the stream goes on behind them', (count) => {
    const [one, other] = [createRng(5), createRng(5)];
    one.uint32();
    other.uint32();
    const filled = new Uint32Array(count);
    one.fill(filled);
    expect([...filled]).toEqual(words(other, count));
    expect(words(one)).toEqual(words(other));
  });
});

describe('an integer draw', () => {
  it.each([0, -1, 1.5, Number.NaN, 2 ** 33])('refuses a bound of %f instead of never ending', (bound) => {
    expect(() => createRng(1).integer(bound)).toThrow('Expected a bound from 1 to 2^32');
  });
});

describe('uniform draws', () => {
  it('fill [0, 1) evenly', () => {
    const rng = createRng(1);
    const counts = new Array<number>(100).fill(0);
    const values = draws(100_000, () => rng.uniform());
    values.forEach((value) => counts[Math.floor(value * 100)]!++);
    expect(counts).toHaveLength(100);
    expect(chiSquaredUniform(counts)).toBeLessThan(148.2); // 99.9 %, 99 degrees of freedom
    expect(Math.abs(correlation(values.slice(1), values.slice(0, -1)))).toBeLessThan(0.012);
  });
});

describe('normal draws', () => {
  it('have mean 0, deviation 1 and the tails of a normal distribution', () => {
    const rng = createRng(2);
    const values = draws(100_000, () => 3 * rng.normal());
    expect(Math.abs(mean(values))).toBeLessThan(0.04);
    expect(Math.abs(standardDeviation(values) - 3)).toBeLessThan(0.03);
    const beyond = (limit: number): number => values.filter((value) => Math.abs(value) > 3 * limit).length / 100_000;
    expect(Math.abs(beyond(1) - 0.3173)).toBeLessThan(0.006);
    expect(Math.abs(beyond(2) - 0.0455)).toBeLessThan(0.003);
    expect(Math.abs(beyond(3) - 0.0027)).toBeLessThan(0.0007);
  });

  it('are independent within the pairs in which they are made', () => {
    const rng = createRng(3);
    const pairs = Array.from({ length: 50_000 }, () => [rng.normal(), rng.normal()] as const);
    const [first, second] = [pairs.map(([value]) => value), pairs.map(([, value]) => value)];
    expect(Math.abs(correlation(first, second))).toBeLessThan(0.015);
    const squares = [first, second].map((values) => values.map((value) => value ** 2));
    expect(Math.abs(correlation(squares[0]!, squares[1]!))).toBeLessThan(0.015);
  });
});

describe('integer draws', () => {
  it('give each number equally often', () => {
    const rng = createRng(4);
    const counts = new Array<number>(6).fill(0);
    draws(60_000, () => rng.integer(6)).forEach((value) => counts[value]!++);
    expect(counts).toHaveLength(6);
    expect(chiSquaredUniform(counts)).toBeLessThan(20.5); // 99.9 %, 5 degrees of freedom
  });

  it('are not biased where the bound does not divide 2^32', () => {
    const rng = createRng(5);
    const counts = [0, 0, 0];
    draws(30_000, () => rng.integer(3 * 2 ** 30)).forEach((value) => counts[Math.floor(value / 2 ** 30)]!++);
    expect(chiSquaredUniform(counts)).toBeLessThan(13.8); // 99.9 %; the plain remainder would give 2 : 1 : 1
  });

  it('know one number below the bound 1', () => {
    expect(createRng(6).integer(1)).toBe(0);
  });
});

describe('a fork', () => {
  it('depends on seed and labels only, not on what was drawn before', () => {
    const fresh = createRng(7);
    const used = createRng(7);
    words(used, 1000);
    used.normal();
    expect(words(used.fork('a', 1))).toEqual(words(fresh.fork('a', 1)));
  });

  it('leaves the stream that it comes from where it was', () => {
    const [forked, plain] = [createRng(7), createRng(7)];
    words(forked.fork('a'), 10);
    expect(words(forked)).toEqual(words(plain));
  });

  it('tells labels apart by their type, their order and where they end', () => {
    const rng = createRng(7);
    const labels: (string | number)[][] = [
      [1],
      ['1'],
      ['n1'],
      ['ab', 'c'],
      ['a', 'bc'],
      ['abc'],
      ['c', 'ab'],
      [1, 1],
      [],
    ];
    const streams = new Set(labels.map((label) => words(rng.fork(...label)).join()));
    expect(streams.add(words(createRng(7)).join()).size).toBe(labels.length + 1);
  });

  it('has a stream of its own for each of many numbers, seeds and names', () => {
    const rng = createRng(7);
    const streams = Array.from({ length: 20_000 }, (_, index) => [
      words(rng.fork(index), 2).join(),
      words(createRng(index), 2).join(),
      words(rng.fork(`client ${index}`), 2).join(),
    ]);
    expect(new Set(streams.flat()).size).toBe(60_000);
  });

  it('is unrelated to its neighbours', () => {
    const rng = createRng(8);
    const first = Array.from({ length: 50_000 }, (_, index) => rng.fork(index).uniform());
    const counts = new Array<number>(100).fill(0);
    first.forEach((value) => counts[Math.floor(value * 100)]!++);
    expect(chiSquaredUniform(counts)).toBeLessThan(148.2); // 99.9 %, 99 degrees of freedom
    expect(Math.abs(correlation(first.slice(1), first.slice(0, -1)))).toBeLessThan(0.015);
    const [a, b] = [rng.fork('a'), rng.fork('b')];
    const [fromA, fromB] = [draws(50_000, () => a.uniform()), draws(50_000, () => b.uniform())];
    expect(Math.abs(correlation(fromA, fromB))).toBeLessThan(0.015);
  });
});

describe('a shuffle', () => {
  it('gives the order that an independent implementation in Python gives', () => {
    expect([...shuffledIndices(10, createRng(7))]).toEqual([2, 0, 7, 4, 6, 5, 1, 8, 3, 9]);
  });

  it('holds each index once', () => {
    const order = shuffledIndices(1000, createRng(1));
    expect([...order].sort((a, b) => a - b)).toEqual([...order.keys()]);
  });

  it('gives each of the 24 orders of four equally often', () => {
    const rng = createRng(2);
    const counts = new Map<string, number>();
    for (let round = 0; round < 24_000; round++) {
      const order = shuffledIndices(4, rng).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquaredUniform([...counts.values()])).toBeLessThan(49.7); // 99.9 %, 23 degrees of freedom
  });

  it('of nothing is empty, of one thing that thing, without a draw', () => {
    expect([...shuffledIndices(0, createRng(3))]).toEqual([]);
    expect([...shuffledIndices(1, createRng(3))]).toEqual([0]);
  });
});
