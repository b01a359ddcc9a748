/**
 * The directions in which canaries pull the parameters. Each canary has numbers of its own, so that canaries do not
 * disturb each other, with random signs, so that nothing but chance makes honest updates resemble one.
 */

import type { Range } from '../../math/ranges.js';
import { type Rng, shuffledIndices } from '../../math/random.js';

/** Unit vectors, orthogonal to each other. */
export interface CanaryDirections {
  /** The canary's update of that L2 norm, shape [parameter]. */
  update(canary: number, norm: number): Float32Array;
  /** The scalar product of the canary's direction with a change of the parameters, shape [parameter]. */
  project(canary: number, change: Float64Array): number;
}

/** What directions are drawn from. */
export interface DirectionPlan {
  /** At most as many as there are parameters that may be pulled. */
  readonly canaries: number;
  /** Number of parameters. */
  readonly size: number;
  /** The parameters that may be pulled; all if absent. */
  readonly within: readonly Range[] | undefined;
  readonly rng: Rng;
}

/** Draws which parameters each canary pulls, and to which side. */
export function drawDirections({ canaries, size, within, rng }: DirectionPlan): CanaryDirections {
  const places = placesIn(within ?? [{ offset: 0, size }]);
  const order = shuffledIndices(places.length, rng.fork('places')).map((index) => places[index] ?? 0);
  const signs = new Uint32Array(order.length);
  rng.fork('signs').fill(signs);
  const width = Math.floor(order.length / canaries);
  const length = 1 / Math.sqrt(width);
  const visit = (canary: number, use: (place: number, value: number) => void): void => {
    for (let index = canary * width; index < (canary + 1) * width; index++) {
      use(order[index] ?? 0, (signs[index] ?? 0) % 2 === 0 ? length : -length);
    }
  };
  return {
    update: (canary, norm) => {
      const update = new Float32Array(size);
      visit(canary, (place, value) => {
        update[place] = norm * value;
      });
      return update;
    },
    project: (canary, change) => {
      let product = 0;
      visit(canary, (place, value) => {
        product += value * (change[place] ?? 0);
      });
      return product;
    },
  };
}

function placesIn(ranges: readonly Range[]): Uint32Array {
  return Uint32Array.from(
    ranges.flatMap(({ offset, size }) => Array.from({ length: size }, (_, index) => offset + index)),
  );
}
