/** What a study needs so that a recipe can be chosen, and what only a choice can fill in. */

import type { Issue } from '../../errors.js';
import type { CalibratedSelection } from '../../train/selection/calibrated.js';
import { placedNames, repeatedNames } from './placed-parts.js';
import type { ChoosePlan, Stage, Study } from '../study.js';
import { comparedStage, withCandidate, withoutChoice } from '../plans/with-candidate.js';

const MIN_CANDIDATES = 2;
const MAX_CANDIDATES = 6;

/** @param issuesOf - Returns the issues of a study that has chosen */
export function chooseIssues(study: Study, issuesOf: (study: Study) => readonly Issue[]): readonly Issue[] {
  const { choose } = study;
  const calibration = study.stages.flatMap((stage, index) => calibrationIssues(study, stage, `stages[${index}]`));
  return choose
    ? [...planIssues(study, choose), ...candidateIssues(study, choose, issuesOf), ...calibration]
    : calibration;
}

function planIssues(study: Study, { candidates }: ChoosePlan): readonly Issue[] {
  const few = candidates.length < MIN_CANDIDATES || candidates.length > MAX_CANDIDATES;
  const number = `expected ${MIN_CANDIDATES} to ${MAX_CANDIDATES} candidates, found ${candidates.length}`;
  const stage =
    'expected a supervised stage of the coordinator that starts from scratch, by which candidates are compared, found none';
  const names = candidates.map(({ name }) => name);
  return [
    ...(few ? [{ path: 'choose.candidates', message: number }] : []),
    ...(comparedStage(study) ? [] : [{ path: 'choose', message: stage }]),
    ...repeatedNames(placedNames(names, 'choose.candidates')),
  ];
}

/** A study with a candidate's recipe must be as valid as one that somebody writes. */
function candidateIssues(
  study: Study,
  { candidates }: ChoosePlan,
  issuesOf: (study: Study) => readonly Issue[],
): readonly Issue[] {
  const text = ({ path, message }: Issue): string => `${path}: ${message}`;
  const known = new Set(issuesOf(withoutChoice(study)).map(text));
  return candidates.flatMap((candidate) =>
    issuesOf(withCandidate(study, candidate))
      .map(text)
      .filter((issue) => !known.has(issue))
      .map((issue) => ({ path: `choose.candidates.${candidate.name}`, message: `with it, ${issue}` })),
  );
}

function calibrationIssues(study: Study, { selection, labels }: Stage, path: string): readonly Issue[] {
  if (selection?.kind !== 'calibrated') {
    return [];
  }
  const message =
    'expected "none", because the thresholds are of probabilities that are not aligned, found "class-prior"';
  return [
    ...numberIssues(study, selection, `${path}.selection`),
    ...(labels?.alignment === 'class-prior' ? [{ path: `${path}.labels.alignment`, message }] : []),
  ];
}

function numberIssues(
  { activities, choose }: Study,
  { temperature, thresholds }: CalibratedSelection,
  path: string,
): readonly Issue[] {
  const isOpen = temperature === undefined && thresholds === undefined;
  const isWhole = temperature !== undefined && thresholds?.length === activities.length;
  if (isOpen ? choose : isWhole) {
    return [];
  }
  const found = `${temperature === undefined ? 'no' : 'a'} temperature and ${thresholds?.length ?? 0} thresholds`;
  const expected = `a temperature and ${activities.length} thresholds, or "choose" in the study, which fits them`;
  return [{ path, message: `expected ${expected}, found ${found}` }];
}
