/** The classifier that a command was given, ready to work, and how its figures and windows may be smoothed. */

import { type Classifier, readClassifier, smoothingFor } from '@gaitway/core/classifier';
import type { TemporalSmoothing } from '@gaitway/core/train';
import type { BackendName } from '../backend/backend-name.js';
import type { DataSource } from '../study/load-data.js';
import { readGivenModel, type GivenModel } from '../run/given-model.js';
import type { Reporter } from '../terminal/reporter.js';

/** What commands that apply a model have in common. */
export interface ClassifierOptions {
  /** Path of a model's file, or of a run's folder. */
  readonly model: string;
  readonly source: DataSource;
  /** Probability that the next window shows the same activity; nothing is smoothed if absent. */
  readonly stay?: number | undefined;
  readonly backend?: BackendName | undefined;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** What a classifier's file says about itself, for documents. */
export interface ClassifierFacts {
  readonly file: string;
  readonly study: string;
  readonly studyDigest: string;
  readonly stage: string;
}

export interface GivenClassifier extends Pick<GivenModel, 'run'> {
  readonly classifier: Classifier;
  readonly facts: ClassifierFacts;
  readonly smoothing?: TemporalSmoothing;
}

/** @throws InvalidInput when there is no model, or it does not tell activities apart */
export async function readGivenClassifier({ model, stay }: ClassifierOptions): Promise<GivenClassifier> {
  const { file, bytes, run } = await readGivenModel(model);
  const classifier = await readClassifier(bytes, file);
  const { study, studyDigest, stage, sensors } = classifier.metadata;
  return {
    classifier,
    facts: { file, study, studyDigest, stage },
    ...(run && { run }),
    ...(stay !== undefined && { smoothing: smoothingFor(sensors, stay) }),
  };
}

/** States the assumption behind smoothed figures and windows. */
export function smoothingText({ stay, weight }: TemporalSmoothing): string {
  const overlap = weight < 1 ? `, and windows, which overlap, count with the exponent ${weight}` : '';
  return `Smoothed by a hidden Markov model: from one window of a recording to the next the activity stays the same with probability ${stay}${overlap}.`;
}
