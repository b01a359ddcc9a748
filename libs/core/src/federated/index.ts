/** Federated aggregation: strategies, aggregators, updates and their compression. */

export { type Delta, packDelta, type PackedDelta } from './compression/compression-plan.js';
export { applyPatch, type ParameterPatch, patchBetween } from './parameter-patch.js';
export { createStrategy, type StrategyPlan } from './strategies/strategy-plan.js';
export { admitUpdate, LARGEST_WINDOW_COUNT } from './update.js';
export { weightedMean } from './weighted-means.js';
