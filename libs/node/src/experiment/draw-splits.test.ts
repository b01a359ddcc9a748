import { createRng } from '@gaitway/core';
import { describe, expect, it } from 'vitest';
import { drawSplits } from './draw-splits.js';

const people = ['10', '9', '8', '7', '6', '5', '4', '3', '2', '1'];
const draws = { labelled: 3, test: [['1', '6'], ['2']], count: 5, seed: 4 };

/**
 * The documented formula, implemented independently: a number is drawn for each place from the last down, and the two
 * are swapped.
 */
function labelledOf(draw: number, others: readonly string[]): readonly string[] {
  const rng = createRng(draws.seed).fork('split', draw);
  const order = [...others];
  for (let last = order.length - 1; last > 0; last--) {
    const other = rng.integer(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order.slice(0, draws.labelled);
}

describe('drawn splits', () => {
  const splits = drawSplits(draws, people);

  it('take the groups of test people in turn', () => {
    expect(splits.map(({ name, test }) => [name, test])).toEqual([
      ['draw1', ['1', '6']],
      ['draw2', ['2']],
      ['draw3', ['1', '6']],
      ['draw4', ['2']],
      ['draw5', ['1', '6']],
    ]);
  });

  it('label people whom the draw does not test, by the documented formula', () => {
    const besides = [['2', '3', '4', '5', '7', '8', '9', '10'], ['1', '3', '4', '5', '6', '7', '8', '9', '10']]; // prettier-ignore
    splits.forEach(({ labelled }, index) => {
      const drawn = labelledOf(index + 1, besides[index % 2]!);
      expect(new Set(labelled)).toEqual(new Set(drawn));
      expect(labelled).toEqual(labelled.toSorted((one, other) => Number(one) - Number(other)));
    });
    expect(new Set(splits.map(({ labelled }) => labelled.join())).size).toBeGreaterThan(3);
  });

  it('are the same whatever the order of the people and however many more are drawn', () => {
    expect(drawSplits({ ...draws, count: 2 }, people.toReversed())).toEqual(splits.slice(0, 2));
  });

  it('refuse to label more people than a group leaves', () => {
    expect(() => drawSplits({ ...draws, labelled: 9 }, people)).toThrow(
      'draws.labelled: expected at most 8, as many people as are not in draws.test[0], found 9',
    );
  });
});
