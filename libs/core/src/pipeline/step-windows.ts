/** The windows that a step trains on, and those by which it chooses its best epoch. */

import { selectWindows, windowCount, type WindowedDataset } from '../data/windows.js';
import { StudyStopped } from '../errors.js';
import type { Rng } from '../math/random.js';
import { mostProbable } from '../metrics/probabilities.js';
import { createNetwork } from '../model/network.js';
import { trainingWindows } from '../train/local-data.js';
import { predictActivities } from '../train/loop/predict.js';
import { selectConfident } from '../train/selection/confident.js';
import type { TrainedModel } from '../model/parameters/initial-parameters.js';
import { holdBack, type HeldBack } from './held-back.js';
import type { PipelineData, SelectionReport } from './pipeline-context.js';
import type { PipelineStep } from './pipeline.js';
import type { Recipe } from './recipes.js';

export interface StepWindows extends HeldBack {
  readonly selection?: SelectionReport;
}

export interface WindowsRequest {
  readonly step: PipelineStep;
  readonly kind: Recipe['windows'];
  /** The model that labels the windows where the kind is `selected`. */
  readonly teacher: TrainedModel | undefined;
  readonly rng: Rng;
  readonly signal: AbortSignal;
}

/** @throws StudyStopped when a teacher is confident about too few windows. */
export async function stepWindows(data: PipelineData, request: WindowsRequest): Promise<StepWindows> {
  const { step, kind, rng } = request;
  if (kind === 'labelled') {
    return { training: data.labelled, validation: data.validation };
  }
  const all = trainingWindows(data) ?? data.unlabelled;
  if (kind === 'all') {
    return holdBack(all, 'training windows', rng);
  }
  const { windows, selection } = await confidentWindows(all, request);
  if (windowCount(windows) < 2) {
    const sure = `is sure of ${windowCount(windows)} of ${selection.windows} windows`;
    throw new StudyStopped(`Step "${step.tag}" has nothing to learn from: the model that it begins with ${sure}`);
  }
  return { ...holdBack(windows, 'selected windows', rng), selection };
}

interface Confident {
  /** The windows, with the teacher's whole probability vectors as labels. */
  readonly windows: WindowedDataset;
  readonly selection: SelectionReport;
}

/** The selection of self-training (Tang et al. 2021, section 3.2). */
async function confidentWindows(all: WindowedDataset, request: WindowsRequest): Promise<Confident> {
  const { step, teacher, signal } = request;
  if (!teacher) {
    throw new Error(`Step "${step.tag}" has no teacher: its pipeline did not come from parsePipeline`);
  }
  const labels = await predictActivities(createNetwork(teacher.network), teacher.parameters, all, signal);
  const count = windowCount(all);
  const classes = labels.length / count;
  const chosen = selectConfident(labels, classes, {
    minimumConfidence: step.self_training_minimum_confidence,
    pluralityOnly: step.self_training_plurality_only,
    maximumPerClass: step.self_training_samples_per_class,
  });
  const accepted = new Array<number>(classes).fill(0);
  chosen.forEach((window) => {
    accepted[mostProbable(labels, window, classes)]!++;
  });
  return {
    windows: selectWindows({ ...all, labels }, chosen),
    selection: { windows: count, accepted, share: chosen.length / count },
  };
}
