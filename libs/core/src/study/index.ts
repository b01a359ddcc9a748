/** The plans of a study: roles of people, data of each role, and the stages. */

export { learnedFrom, type StudyGroup } from './plans/learned-from.js';
export { assignRoles, type Roles } from './plans/people-roles.js';
export {
  type CoordinatorData,
  prepareClientData,
  prepareClientTest,
  prepareCoordinatorData,
  recordingsFor,
} from './plans/prepare-data.js';
export { addsNoiseAtClients, noisySteps } from './plans/client-noise.js';
export { listedClients } from './rules/placed-parts.js';
export {
  isMasked,
  type MaskedStage,
  largestMaskedCohort,
  type MaskedVectors,
  maskedVectors,
  MOST_MASKED_BITS,
  SMALLEST_MASKED_COHORT,
} from './plans/masked-vectors.js';
export { networkOf, releasedSize, stagePlans } from './plans/stage-plans.js';
export { clientStages, firstTeacherOf, isEvaluatedStage } from './plans/stage-traits.js';
export { withCandidate } from './plans/with-candidate.js';
