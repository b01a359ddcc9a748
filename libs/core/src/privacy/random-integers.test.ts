import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomIntegers, type RandomBytes } from './random-integers.js';

/** A source that gives these words, then zeros. */
function wordsInOrder(...words: readonly number[]): RandomBytes {
  let left = [...words];
  return (bytes) => {
    const view = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    view.fill(0);
    view.set(left.slice(0, view.length));
    left = left.slice(view.length);
  };
}

describe('random integers', () => {
  it('ask for 65,536 bytes at a time, as Web Cryptography gives them, and use each word once', () => {
    const sizes: number[] = [];
    let next = 0;
    const { word } = randomIntegers((bytes) => {
      sizes.push(bytes.length);
      new Uint32Array(bytes.buffer).forEach((_, place, words) => {
        words[place] = next++;
      });
    });
    const drawn = Array.from({ length: 40_000 }, word);
    expect(drawn).toEqual(drawn.map((_, place) => place));
    expect(sizes).toEqual([65_536, 65_536, 65_536]);
  });

  it('cut the words into equal parts, and draw again above the last one', () => {
    // 2^32 = 3 · 1431655765 + 1: the last word belongs to no part.
    const part = 1_431_655_765;
    const source = wordsInOrder(0, part - 1, part, 2 * part - 1, 2 * part, 3 * part - 1, 2 ** 32 - 1, part);
    const draw = randomIntegers(source).below(3);
    expect(Array.from({ length: 7 }, draw)).toEqual([0, 0, 1, 1, 2, 2, 1]);
  });

  it('give every number below a bound the same number of words', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 }), fc.nat(), (bound, seed) => {
        const part = BigInt(2 ** 32) / BigInt(bound);
        const number = BigInt(seed % bound);
        const [first, last] = [number * part, (number + 1n) * part - 1n];
        const draw = randomIntegers(wordsInOrder(Number(first), Number(last))).below(bound);
        expect([draw(), draw()]).toEqual([Number(number), Number(number)]);
      }),
    );
  });

  it('put two words together for bounds above 2^32', () => {
    const bound = 2 ** 40 + 1; // 41 bits: nine of the first word
    const words = [(5 << 23) >>> 0, 7, (511 << 23) >>> 0, 0, (256 << 23) >>> 0, 1, (256 << 23) >>> 0, 0];
    const draw = randomIntegers(wordsInOrder(...words)).below(bound);
    expect(draw()).toBe(5 * 2 ** 32 + 7);
    expect(draw()).toBe(2 ** 40); // 511 · 2^32 and 2^40 + 1 are drawn again
  });

  it('stay below every bound', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 53 - 1 }), fc.array(fc.nat({ max: 2 ** 32 - 1 })), (bound, words) => {
        const draw = randomIntegers(wordsInOrder(...words)).below(bound);
        for (let count = 0; count < 5; count++) {
          const drawn = draw();
          expect(Number.isInteger(drawn) && drawn >= 0 && drawn < bound).toBe(true);
        }
      }),
    );
  });
});
