import { describe, expect, it } from 'vitest';
import { withholdSmall } from './withheld-counts.js';

describe('counts that leave', () => {
  it.each<[string, number[], (number | null)[]]>([
    ['all where none is small', [5, 60, 7], [5, 60, 7]],
    ['none of one, which would follow from the sum, without the next smallest', [3, 60, 20], [null, 60, null]],
    ['several small ones, which together are large', [3, 4, 60], [null, null, 60]],
    ['several small ones with the next, where together they are small', [1, 0, 60, 20], [null, null, 60, null]],
    ['a zero, which is a small number too', [0, 60, 20], [null, 60, null]],
    ['nothing where nothing else could hide it', [60, 0], [null, null]],
  ])('are %s', (_, counts, told) => {
    expect(withholdSmall(counts, 5)).toEqual(told);
  });

  it('are all of them where no number is too small', () => {
    expect(withholdSmall([0, 1, 60], 0)).toEqual([0, 1, 60]);
  });
});
