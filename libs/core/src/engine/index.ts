/** The parts of the engine that hosts use: cohorts, durations and the preparation of a simulation. */

export { noisyParticipant, type NoiseSource, trainedDelta } from './noisy-participant.js';
export { type AuditContext, auditStudy, canaryObstacle } from './audit/audit-study.js';
export {
  formatEpsilon,
  type PlannedRelease,
  plannedReleases,
  type PrivacyLedger,
  releaseOf,
  requireWithinBudget,
  type RoundSecret,
  sessionLedger,
} from './privacy-ledger.js';
export { workDigest } from './masked/masked-updates.js';
export type { SecureSum, SecureSumRequest, SecureSumResult } from './masked/secure-sum.js';
export { type RecordedCohorts, recordedCohorts } from './replay/recorded-cohorts.js';
export { type PreparedSimulation, prepareSimulation } from './simulate-study.js';
export { stageModel } from './stage-state.js';
export type { StoredModels } from './starting-point.js';
export { drawnDurations, type TaskDurations } from './timer.js';
