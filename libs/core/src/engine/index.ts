/** The parts of the engine that hosts use: cohorts, durations and the preparation of a simulation. */

export { formatEpsilon, plannedReleases, requireWithinBudget, sessionLedger } from './privacy-budget.js';
export { type PlannedRelease, type PrivacyLedger, releaseOf, type RoundSecret } from './private-rounds.js';
export { type RecordedCohorts, recordedCohorts } from './replay/recorded-cohorts.js';
export { type PreparedSimulation, prepareSimulation } from './simulate-study.js';
export { stageModel } from './stage-state.js';
export type { StoredModels } from './starting-point.js';
export { drawnDurations, type TaskDurations } from './timer.js';
