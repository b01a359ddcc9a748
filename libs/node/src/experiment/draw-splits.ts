/** Draws splits from the people of the data. */

import { createRng, inNaturalOrder, InvalidInput, shuffledIndices } from '@gaitway/core';
import type { Split, SplitDraws } from './experiment.js';

/**
 * Draw i, from 1 on, is tested on group 1 + (i - 1) mod the number of groups. Everybody else, in natural order, is
 * shuffled (Fisher-Yates) by `createRng(seed).fork('split', i)`, and the first people are labelled. A draw depends on
 * nothing but the seed, its number, its group and the people, so additional draws do not change earlier ones.
 *
 * @param people - Everybody in the data.
 * @throws InvalidInput for a group beside which there are fewer people than are to be labelled.
 */
export function drawSplits({ labelled, test, count, seed }: SplitDraws, people: readonly string[]): readonly Split[] {
  return Array.from({ length: count }, (_, index): Split => {
    const group = index % test.length;
    const tested = test[group] ?? [];
    const others = inNaturalOrder(people.filter((person) => !tested.includes(person)));
    if (others.length < labelled) {
      const message = `expected at most ${others.length}, as many people as are not in draws.test[${group}], found ${labelled}`;
      throw new InvalidInput('experiment', [{ path: 'draws.labelled', message }]);
    }
    const order = shuffledIndices(others.length, createRng(seed).fork('split', index + 1));
    const drawn = others.filter((__, place) => order.indexOf(place) < labelled);
    return { name: `draw${index + 1}`, labelled: drawn, test: tested };
  });
}
