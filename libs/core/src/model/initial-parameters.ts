/** The parameters a stage begins with: fresh ones, and what an earlier stage already learned. */

import type { Rng } from '../math/random.js';
import type { ParameterLayout } from './layout.js';

/**
 * Fresh parameters: kernels uniform in ±sqrt(6 / (fan-in + fan-out)) (Glorot & Bengio 2010, eq. 16), biases zero.
 * Each slot draws from a stream of its own, so that a network with one head more starts with the same core.
 */
export function initialParameters(layout: ParameterLayout, rng: Rng): Float32Array {
  const parameters = new Float32Array(layout.size);
  for (const { name, offset, size, fans } of layout.slots) {
    if (fans) {
      const limit = Math.sqrt(6 / (fans.in + fans.out));
      const draws = rng.fork(name);
      for (let index = offset; index < offset + size; index++) {
        parameters[index] = (2 * draws.uniform() - 1) * limit;
      }
    }
  }
  return parameters;
}

/**
 * `parameters` with every slot replaced that `source` has under the same name and shape: a student's core and
 * activity head become a teacher's, its other heads stay behind.
 */
export function carryOver(
  layout: ParameterLayout,
  parameters: Float32Array,
  source: { readonly layout: ParameterLayout; readonly parameters: Float32Array },
): Float32Array {
  const result = parameters.slice();
  for (const slot of layout.slots) {
    const match = source.layout.slots.find(
      ({ name, shape }) => name === slot.name && shape.join() === slot.shape.join(),
    );
    if (match) {
      result.set(source.parameters.subarray(match.offset, match.offset + match.size), slot.offset);
    }
  }
  return result;
}
