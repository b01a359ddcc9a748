/** Classical baselines: forests on hand-made features, and random kernels with a ridge classifier. */

export {
  type BaselineOptions,
  type BaselineResult,
  evaluateBaselines,
  skippedBaselines,
} from './evaluate-baselines.js';
