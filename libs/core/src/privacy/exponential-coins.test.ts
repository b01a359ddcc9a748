import { describe, expect, it } from 'vitest';
import { seededBytes } from '../testing/random-bytes.js';
import { exponentialCoins } from './exponential-coins.js';
import { randomIntegers, type RandomIntegers } from './random-integers.js';

/** x = part / scale. */
interface Share {
  readonly part: number;
  readonly scale: number;
}

/** A coin, thrown with given draws. */
type Coin = (integers: RandomIntegers) => boolean;

/** The exact probability that a coin comes up, by following every draw, down to a share of `cut`, which stays open. */
function probabilityOf(coin: Coin, share: Share, cut: number): { readonly yes: number; readonly open: number } {
  const unknown = new Error('one more draw is needed');
  let [yes, open] = [0, 0];
  const follow = (path: readonly number[], weight: number): void => {
    let place = 0;
    let bound = 0;
    const below = (limit: number) => (): number => {
      const drawn = path[place++];
      if (drawn === undefined) {
        bound = limit;
        throw unknown;
      }
      return drawn;
    };
    try {
      yes += coin({ word: () => 0, below }) ? weight : 0;
    } catch (error) {
      if (error !== unknown) {
        throw error;
      }
      const pieces = weight < cut ? [] : piecesOf(bound, share);
      open += pieces.length === 0 ? weight : 0;
      pieces.forEach(({ first, count }) => {
        follow([...path, first], (weight * count) / bound);
      });
    }
  };
  follow([], 1);
  return { yes, open };
}

/** Coins compare draws with these numbers and no others, so that one draw stands for all up to the next of them. */
function piecesOf(
  bound: number,
  { part, scale }: Share,
): readonly { readonly first: number; readonly count: number }[] {
  const limits = new Set(bound === scale ? [0, part, bound] : [0, 1, bound]);
  for (const step of bound === scale ? [] : [1, 2]) {
    let limit = bound;
    for (let n = 1; Number.isInteger(limit); n++) {
      limits.add(limit);
      limit /= step * n;
    }
  }
  const sorted = [...limits].sort((x, y) => x - y);
  return sorted.slice(1).map((limit, place) => ({ first: sorted[place]!, count: limit - sorted[place]! }));
}

describe('coins that come up with probability exp(-x)', () => {
  const exact = (coin: Coin, share: Share, probability: number): void => {
    const { yes, open } = probabilityOf(coin, share, 1e-11);
    expect(open).toBeLessThan(1e-7);
    expect(yes).toBeLessThanOrEqual(probability + 1e-14);
    expect(yes + open).toBeGreaterThanOrEqual(probability - 1e-14);
  };

  it('are exact for x = 1 and x = 1/2', () => {
    exact((integers) => exponentialCoins(1, integers).one(), { part: 0, scale: 1 }, Math.exp(-1));
    exact((integers) => exponentialCoins(1, integers).half(), { part: 0, scale: 1 }, Math.exp(-1 / 2));
  });

  it.each([
    [0, 5],
    [1, 5],
    [3, 5],
    [5, 5],
    [2, 3],
    [1, 1],
    [2 ** 24 - 1, 2 ** 24],
    [1, 2 ** 24],
  ])('are exact for x = %i/%i, and for half its square', (part, scale) => {
    exact((integers) => exponentialCoins(scale, integers).ratio(part), { part, scale }, Math.exp(-part / scale));
    const square = Math.exp(-((part / scale) ** 2) / 2);
    exact((integers) => exponentialCoins(scale, integers).halfSquare(part), { part, scale }, square);
  });

  // With a fixed seed; the bound is four standard deviations of the count.
  it('come up as often with large scales', () => {
    const scale = 3 * 2 ** 27 + 1;
    const coins = exponentialCoins(scale, randomIntegers(seededBytes('coins')));
    const part = 2 ** 28;
    for (const [coin, exponent] of [
      [coins.one, 1],
      [coins.half, 0.5],
      [() => coins.ratio(part), part / scale],
      [() => coins.halfSquare(part), (part / scale) ** 2 / 2],
      [() => coins.ratio(scale), 1],
      [() => coins.halfSquare(scale), 0.5],
    ] as const) {
      const throws = 100_000;
      let count = 0;
      for (let index = 0; index < throws; index++) {
        count += coin() ? 1 : 0;
      }
      const chance = Math.exp(-exponent);
      expect(Math.abs(count - throws * chance)).toBeLessThan(4 * Math.sqrt(throws * chance * (1 - chance)));
    }
  });
});
