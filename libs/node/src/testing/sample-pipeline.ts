/** A made-up finished pipeline, for reports. */

import { parsePipeline, type Pipeline } from '@gaitway/core/pipeline';
import type { EpochReport } from '@gaitway/core/train';
import type { PipelineResult, StepLine, TrainingLine } from '../pipeline/pipeline-folder.js';
import { confusionOf, evaluationOf } from './sample-evaluation.js';

export interface SamplePipeline {
  readonly written: unknown;
  readonly pipeline: Pipeline;
  readonly result: PipelineResult;
}

const activities = ['sitting', 'standing', 'walking'];

/** A teacher, a student that it teaches, and the student fine-tuned and tested. `rename` is applied to every name. */
export function samplePipelineRun(rename: (name: string) => string = (name) => name): SamplePipeline {
  const names = activities.map(rename);
  const written = {
    tag: rename('central'),
    experiment_configs: [
      { type: 'har_full_train', tag: rename('teacher'), eval_har: true },
      { type: 'self_har', tag: rename('student'), previous_config_offset: 1 },
      { type: 'har_full_fine_tune', tag: rename('tuned'), previous_config_offset: 1, eval_har: true },
      { type: 'none', tag: rename('passed on'), previous_config_offset: 1 },
    ],
  };
  const { pipeline } = parsePipeline(written, 'sample');
  const parts = ['conv1', 'conv2', 'conv3', 'activity'];
  const accepted = Object.fromEntries(names.map((name, index) => [name, [300, 0, 600][index]!]));
  const trainings: readonly (TrainingLine | undefined)[] = [
    trainingOf({ windows: 450, trained: parts, frozen: [] }),
    {
      ...trainingOf({ windows: 810, trained: [...parts, 'transformations'], frozen: [] }, 'halved'),
      selection: { windows: 1000, accepted, share: 0.9 },
    },
    trainingOf({ windows: 450, trained: ['conv3', 'activity'], frozen: ['conv1', 'conv2'] }),
    undefined,
  ];
  const evaluations = new Map([
    [0, evaluationOf(confusionOf([100, 100, 300], 0.4), names)],
    [2, evaluationOf(confusionOf([100, 100, 300], 0.9), names)],
  ]);
  const steps = pipeline.experiment_configs.map(({ tag, type }, index): StepLine => {
    const training = trainings[index];
    const evaluation = evaluations.get(index);
    const digest = `${index}f`.repeat(32);
    return {
      index,
      tag,
      type,
      seconds: training ? 100 : 0,
      ...(training && {
        training,
        model: { path: `models/${index}.safetensors`, sha256: digest, parametersSha256: digest },
      }),
      ...(evaluation && { eval_results: evaluation }),
    };
  });
  return { written, pipeline, result: { ...settings(names, rename), steps } };
}

function settings(names: readonly string[], rename: (name: string) => string): Omit<PipelineResult, 'steps'> {
  return {
    pipeline: { tag: rename('central'), digest: '5f'.repeat(32) },
    gaitway: rename('0.1.0'),
    seed: 7,
    backend: rename('wasm'),
    fineTune: 'top',
    activities: names,
    testPeople: ['1', '14', '6'].map(rename),
    windows: { labelled: 450, validation: 50, unlabelled: 550, test: 500 },
  };
}

/** Twenty epochs of falling losses, of which the eighteenth is the best; the rate is halved after the fifteenth. */
export function sampleEpochs(rate: 'constant' | 'halved' = 'constant'): readonly EpochReport[] {
  return Array.from({ length: 20 }, (_, index) => ({
    epoch: index + 1,
    learningRate: rate === 'halved' && index >= 15 ? 0.00015 : 0.0003,
    trainingLoss: 2 - index / 20,
    validationLoss: index < 18 ? 1.8 - index / 20 : 0.98,
  }));
}

function trainingOf(
  learned: Pick<TrainingLine, 'windows' | 'trained' | 'frozen'>,
  rate: 'constant' | 'halved' = 'constant',
): TrainingLine {
  return { ...learned, validationWindows: 50, epochs: sampleEpochs(rate), bestEpoch: 18 };
}
