/**
 * Chooses the recipe by cross-validation on the labelled people alone: each is held out in turn, and a candidate is
 * judged by how well its teacher predicts people whom it has never seen. Nobody's test recordings are used.
 */

import type { AugmentPlan } from '../augment/augmentation.js';
import type { SensorRecording } from '../data/recording.js';
import { windowCount } from '../data/windows.js';
import { InvalidInput } from '../errors.js';
import { createRng } from '../math/random.js';
import { evaluateClassification } from '../metrics/classification.js';
import { knownRecordings, labelledWindows } from '../study/plans/prepare-data.js';
import type { Candidate, ChoosePlan, Study } from '../study/study.js';
import { comparedStage, withCandidate } from '../study/plans/with-candidate.js';
import { calibratedProbabilities } from '../train/selection/calibrated.js';
import { type CandidateFigures, type Choice, type FoldFigures, preferred, resolvedStudy } from './choice.js';
import { foldsOfHalves, foldsOfPeople, type Fold } from './folds.js';
import { predictHeldOut, type HeldOut } from './held-out.js';
import { orientationOf } from './orientation.js';
import { fitTemperature, fitThresholds } from './calibration.js';

/** What the choice of a recipe takes beside the study and the recordings. */
export interface ChooseOptions {
  readonly signal: AbortSignal;
  /** Called for each fold of each candidate as soon as it is done. */
  readonly onFold?: (report: FoldReport) => void;
}

/** The result of one candidate on one fold. */
export interface FoldReport {
  readonly candidate: string;
  /** Counts from 1. */
  readonly fold: number;
  readonly folds: number;
  readonly figures: FoldFigures;
}

/** A study in which the recipe is chosen, with the comparison that decided. */
export interface ResolvedStudy {
  /** The study with the recipe that was chosen; nothing is left to choose. */
  readonly study: Study;
  readonly choice: Choice;
}

/**
 * Trains the first supervised stage of the coordinator once for each candidate and fold, and puts the best candidate
 * into the study, with the temperature and thresholds fitted to its teacher. A tfjs backend must be ready. The same
 * study, recordings and backend lead to the same choice.
 *
 * @param labelled - Recordings of the labelled people, at the study's channels and rate
 * @throws InvalidInput for recordings that cannot be used; Error for a study that has nothing to choose, and when
 *   training diverges; the signal's reason when it aborts
 *
 * @example
 * const { study, choice } = await chooseRecipe(parseStudy({ ...written, choose: 'default' }), recordings, { signal });
 */
export async function chooseRecipe(
  written: Study,
  labelled: readonly SensorRecording[],
  options: ChooseOptions,
): Promise<ResolvedStudy> {
  const { choose } = written;
  if (!choose) {
    throw new Error(`Study "${written.name}" has no candidates to choose from`);
  }
  const { folds, weak } = foldsOf(written, choose, labelled);
  const compared: Compared[] = [];
  for (const candidate of choose.candidates) {
    compared.push(await compare(withCandidate(written, candidate), candidate, folds, options));
  }
  const orientation = orientationOf(knownRecordings(written, labelled));
  const eligible = orientation?.isShared === true ? fixedOf(compared) : compared;
  const chosen = preferred(eligible.map(({ figures }) => figures));
  const best = compared.find(({ figures }) => figures.name === chosen)!;
  const choice: Choice = {
    candidates: compared.map(({ figures }) => figures),
    chosen,
    ...(weak !== undefined && { weak }),
    ...(orientation && { orientation }),
    calibration: calibrationOf(joined(best.heldOut), written.activities.length, choose.precision),
  };
  return { study: resolvedStudy(written, choice), choice };
}

interface Folds {
  readonly folds: readonly Fold[];
  readonly weak?: string;
}

/** With a label budget, only the windows within it count. */
function foldsOf(study: Study, { folds: most }: ChoosePlan, labelled: readonly SensorRecording[]): Folds {
  const known = knownRecordings(study, labelled);
  const windows = labelledWindows(study, known, 'labelled');
  const seen = new Set(Array.from(windows.recordingOf, (recording) => known[recording]!.subject));
  const people = study.people.labelled.filter((person) => seen.has(person));
  const [person] = people;
  if (person === undefined || people.length > 1) {
    return { folds: foldsOfPeople(known, people, most, createRng(study.seed).fork('choose', 'folds')) };
  }
  const folds = foldsOfHalves(person, windows, study.activities.length);
  if (folds.length === 0) {
    const message = `expected labelled recordings of ${person} that can be halved, found ${windowCount(windows)} windows`;
    throw new InvalidInput('labelled people', [{ path: '', message }]);
  }
  return { folds, weak: `only ${person} has labels: halves of one person's recordings say little about other people` };
}

/** Beyond, in degrees, a turn makes of one way to carry a sensor another. */
const LARGEST_TILT = 90;

/**
 * The candidates for sensors that sit the same way on everybody: others make windows that nobody has, and where folds of three
 * people prefer one of them, it is by luck. All, where there is none.
 */
function fixedOf(compared: readonly Compared[]): readonly Compared[] {
  const fixed = compared.filter(({ augment }) => augment?.mirror !== true && (augment?.turn ?? 0) <= LARGEST_TILT);
  return fixed.length > 0 ? fixed : compared;
}

interface Compared {
  /** How windows are augmented with the candidate. */
  readonly augment: AugmentPlan | undefined;
  readonly figures: CandidateFigures;
  /** Predictions for the people held out in each fold. */
  readonly heldOut: readonly HeldOut[];
}

async function compare(
  study: Study,
  { name }: Candidate,
  folds: readonly Fold[],
  { signal, onFold }: ChooseOptions,
): Promise<Compared> {
  const heldOut: HeldOut[] = [];
  const figures: FoldFigures[] = [];
  for (const [index, fold] of folds.entries()) {
    const predicted = await predictHeldOut(study, fold, signal);
    const { windows, weightedF1, macroF1, logLoss } = evaluateClassification({
      ...predicted,
      classes: study.activities,
    });
    heldOut.push(predicted);
    figures.push({ heldOut: fold.heldOut, windows, weightedF1, macroF1, logLoss });
    onFold?.({ candidate: name, fold: index + 1, folds: folds.length, figures: figures.at(-1)! });
  }
  const mean = (key: keyof CandidateFigures['mean']): number =>
    figures.reduce((sum, fold) => sum + fold[key], 0) / figures.length;
  return {
    augment: comparedStage(study)?.augment,
    figures: {
      name,
      folds: figures,
      mean: { weightedF1: mean('weightedF1'), macroF1: mean('macroF1'), logLoss: mean('logLoss') },
    },
    heldOut,
  };
}

function joined(parts: readonly HeldOut[]): HeldOut {
  return {
    truth: Uint8Array.from(parts.flatMap(({ truth }) => [...truth])),
    probabilities: Float32Array.from(parts.flatMap(({ probabilities }) => [...probabilities])),
  };
}

function calibrationOf(heldOut: HeldOut, classes: number, precision: number): Choice['calibration'] {
  const temperature = fitTemperature(heldOut, classes);
  const probabilities = calibratedProbabilities(heldOut.probabilities, classes, temperature);
  return { temperature, thresholds: fitThresholds({ ...heldOut, probabilities }, classes, precision) };
}
