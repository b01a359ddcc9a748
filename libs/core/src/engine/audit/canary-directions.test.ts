import { expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { drawDirections } from './canary-directions.js';

it('are orthogonal unit vectors in the ranges that they may pull', () => {
  const within = [
    { offset: 2, size: 5 },
    { offset: 20, size: 8 },
  ];
  const canaries = 4; // 13 places, so each has three and one is left over
  const directions = drawDirections({ canaries, size: 30, within, rng: createRng(1) });
  const updates = Array.from({ length: canaries }, (_, canary) => directions.update(canary, 6));
  const products = updates.map((update) =>
    updates.map((_, canary) => directions.project(canary, Float64Array.from(update))),
  );
  products.forEach((row, one) => {
    row.forEach((product, other) => {
      expect(product).toBeCloseTo(one === other ? 6 : 0, 6);
    });
  });
  const places = updates.flatMap((update) => [...update.keys()].filter((place) => update[place] !== 0));
  expect(places).toHaveLength(12);
  expect(new Set(places).size).toBe(12);
  expect(places.every((place) => (place >= 2 && place < 7) || (place >= 20 && place < 28))).toBe(true);
});

it('are others for another seed', () => {
  const drawn = [1, 2].map((seed) =>
    drawDirections({ canaries: 2, size: 50, within: undefined, rng: createRng(seed) }).update(0, 1),
  );
  expect(drawn[0]).not.toEqual(drawn[1]);
});
