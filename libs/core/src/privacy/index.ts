/** Differential privacy: what releases give away, how much noise a budget needs, and the noise itself. */

export { type AdaptiveClipping, type ClipCount, nextClipNorm, updateNoiseMultiplier } from './adaptive-clip.js';
export {
  type AuditSettings,
  type CanaryBound,
  canaryLowerBound,
  type CanaryScores,
  clopperPearson,
  epsilonLowerBound,
  largestCanaryBound,
  type MembershipGuesses,
  oneRunLowerBound,
  type OneRunGuesses,
  type ProbabilityInterval,
} from './audit.js';
export { mostRounds, type PrivacyBudget, smallestNoise } from './calibrate.js';
export { type ClippedUpdate, clipToGrid } from './clip.js';
export { fillDiscreteGaussian } from './discrete-gaussian.js';
export { type AccountingMethod, type DeltaFigure, deltaOf, type EpsilonFigure, epsilonOf } from './epsilon.js';
export type { GaussianEvent, PrivacyEvent, SampledGaussianEvent, TreeEvent } from './events.js';
export { gaussianDelta, gaussianEpsilon } from './gaussian.js';
export type { RandomBytes } from './random-integers.js';
export { type AtOrder, deltaFromRenyi, epsilonFromRenyi, type RenyiCurve, renyiCurve, renyiOrders } from './renyi.js';
export { noiseToSignal, type PrivateRound } from './signal-to-noise.js';
export { treeSensitivity, type Participation } from './tree-sensitivity.js';
