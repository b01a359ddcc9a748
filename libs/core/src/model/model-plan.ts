/** The sizes of a model that a study can choose, and those of the published one. */

import type { ConvolutionSpec } from './network-spec.js';

export interface ModelPlan {
  readonly convolutions: readonly ConvolutionSpec[];
  readonly dropoutRate: number;
  readonly l2: number;
  readonly headUnits: { readonly activity: number; readonly transformation: number };
}

/** Length in time steps of the shortest window for these convolutions, which have no padding. */
export function reachOf({ convolutions }: Pick<ModelPlan, 'convolutions'>): number {
  return convolutions.reduce((length, { kernel }) => length + kernel - 1, 1);
}

/** The network of Tang et al. 2021, section 4.2. */
export const publishedModel: ModelPlan = {
  convolutions: [
    { filters: 32, kernel: 24 },
    { filters: 64, kernel: 16 },
    { filters: 96, kernel: 8 },
  ],
  dropoutRate: 0.1,
  l2: 1e-4,
  headUnits: { activity: 1024, transformation: 256 },
};
