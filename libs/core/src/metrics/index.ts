/** Evaluation: classification figures, calibration, and paired comparisons by people. */

export type { Calibration, ReliabilityBin } from './calibration.js';
export { evaluateClassification } from './classification.js';
export type { Confusion } from './confusion.js';
export { figuresOfPerson, type MainFigures } from './main-figures.js';
export { type MembershipFigures, membershipFigures, type ScoredPerson } from './membership.js';
export { pairedDifference, type PairedDifference, type PairedEstimate, type PairedTest } from './paired-difference.js';
export type { NoIntervals, PeopleIntervals } from './people-intervals.js';
export { mostProbable, type Predictions, type TestPeople } from './probabilities.js';
