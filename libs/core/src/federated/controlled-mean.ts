/** The plain mean of the updates, and what they say of the clients' control variates (SCAFFOLD). */

import type { RoundedSum } from '../math/long-vectors.js';
import type { Aggregator } from './aggregator.js';
import { addSum, exactSum } from './exact-sum.js';

export interface ControlledSum {
  /** [parameter]; Σ Δyᵢ, exact on the grid. */
  readonly deltas: RoundedSum;
  /** [parameter]; Σ Δcᵢ, exact on the grid. */
  readonly controls: RoundedSum;
  readonly updates: number;
}

/**
 * Σ Δyᵢ / |S|, whatever the examples (Karimireddy et al. 2020, arXiv 1910.06378, algorithm 1, line 16); to the bit the
 * same in every order and grouping. An update without a control variate changes none.
 */
export function controlledMean(): Aggregator<ControlledSum> {
  return {
    name: 'controlled-mean',
    linear: true,
    leastUpdates: 1,
    init: (size) => ({ deltas: exactSum(size), controls: exactSum(size), updates: 0 }),
    accept: ({ deltas, controls, updates }, { delta, control }) => {
      deltas.add(delta, 1);
      if (control) {
        controls.add(control, 1);
      }
      return { deltas, controls, updates: updates + 1 };
    },
    combine: ({ deltas, controls, updates }, other) => {
      addSum(deltas, other.deltas);
      addSum(controls, other.controls);
      return { deltas, controls, updates: updates + other.updates };
    },
    finish: ({ deltas, updates }) => deltas.values.map((value) => value / updates),
  };
}
