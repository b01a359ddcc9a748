import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../errors.js';
import { parsePipeline } from './parse-pipeline.js';

function pipelineOf(...steps: readonly object[]): object {
  return { tag: 'mine', experiment_configs: steps };
}

/** The issues of a pipeline with these steps; an empty list where it is valid. */
function issuesOf(...steps: readonly object[]): readonly string[] {
  try {
    parsePipeline(pipelineOf(...steps), 'pipeline.json');
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) {
      return error.issues.map(({ path, message }) => `${path}: ${message}`);
    }
    throw error;
  }
}

const full = { type: 'har_full_train' };
const transform = { type: 'transform_train' };

describe('a pipeline', () => {
  it('is complete where its file says nothing', () => {
    const { pipeline, warnings } = parsePipeline({ experiment_configs: [{}] }, 'pipeline.json');
    expect(pipeline).toEqual({
      tag: 'pipeline',
      experiment_configs: [
        {
          type: 'none',
          tag: '',
          previous_config_offset: 0,
          optimizer: 'adam',
          initial_learning_rate: 0.0003,
          epochs: 30,
          batch_size: 300,
          self_training_samples_per_class: 10_000,
          self_training_minimum_confidence: 0,
          self_training_plurality_only: true,
          trained_model_path: '',
          trained_model_type: '',
          eval_har: false,
          cache_features: false,
        },
      ],
    });
    expect(warnings).toEqual([]);
  });

  it('keeps keys that mean nothing, and warns of each', () => {
    const { pipeline, warnings } = parsePipeline(
      { NOTICE: 'a licence', ...pipelineOf({ ...full, epoch: 3 }) },
      'pipeline.json',
    );
    expect(pipeline).toMatchObject({ NOTICE: 'a licence', experiment_configs: [{ epoch: 3, epochs: 30 }] });
    expect(warnings).toEqual([
      'pipeline.json: NOTICE: unknown key, carried along without effect',
      'pipeline.json: experiment_configs[0].epoch: unknown key, carried along without effect; did you mean "epochs"?',
    ]);
  });

  it('warns of a stored model that a parent takes the place of', () => {
    const child = { ...full, previous_config_offset: 1, trained_model_path: 'a.safetensors' };
    expect(parsePipeline(pipelineOf(full, child), 'pipeline.json').warnings).toEqual([
      'pipeline.json: experiment_configs[1].trained_model_path: without effect, because the step begins with its parent (previous_config_offset 1)',
    ]);
  });

  it('needs at least one step', () => {
    expect(issuesOf()).toEqual(['experiment_configs: expected a list of at least 1, found an empty list']);
  });

  it.each([
    [{ type: 'self_hra' }, /^experiment_configs\[0\]\.type: expected one of "none", .*; did you mean "self_har"\?$/],
    [
      { optimizer: 'adm' },
      'experiment_configs[0].optimizer: expected one of "adam", "sgd", found "adm"; did you mean "adam"?',
    ],
    [{ epochs: 0 }, 'experiment_configs[0].epochs: expected at least 1, found 0'],
    [{ batch_size: 2.5 }, 'experiment_configs[0].batch_size: expected a whole number, found 2.5'],
    [{ initial_learning_rate: 0 }, 'experiment_configs[0].initial_learning_rate: expected more than 0, found 0'],
    [{ previous_config_offset: -1 }, 'experiment_configs[0].previous_config_offset: expected at least 0, found -1'],
    [
      { self_training_minimum_confidence: 1.1 },
      'experiment_configs[0].self_training_minimum_confidence: expected at most 1, found 1.1',
    ],
    [
      { self_training_samples_per_class: 0 },
      'experiment_configs[0].self_training_samples_per_class: expected at least 1, found 0',
    ],
    [{ eval_har: 'yes' }, 'experiment_configs[0].eval_har: expected true or false, found "yes"'],
    [
      { trained_model_type: 'har_modle' },
      /^experiment_configs\[0\]\.trained_model_type: expected one of "", "har_model", .*; did you mean "har_model"\?$/,
    ],
  ])('is refused for %o', (step, issue) => {
    expect(issuesOf(step)).toEqual([typeof issue === 'string' ? issue : expect.stringMatching(issue)]);
  });

  it('is refused where an offset reaches before the first step', () => {
    expect(issuesOf(full, full, { type: 'har_linear_train', previous_config_offset: 3 })).toEqual([
      'experiment_configs[2].previous_config_offset: expected at most 2, the number of steps before this one, found 3',
    ]);
  });

  it('is refused where the parent has no model', () => {
    expect(issuesOf({ type: 'none' }, { type: 'har_linear_train', previous_config_offset: 1 })).toEqual([
      'experiment_configs[1].previous_config_offset: expected the way back to a step with a model, found 1, which leads to experiment_configs[0], a step that has none',
    ]);
  });

  it.each(['har_linear_train', 'har_full_fine_tune', 'eval_har', 'self_training', 'self_har'])(
    'is refused where %s begins with nothing',
    (type) => {
      expect(issuesOf({ type, eval_har: true })).toEqual([
        `experiment_configs[0].previous_config_offset: expected at least 1, or a trained_model_path, because "${type}" begins with a model, found 0`,
      ]);
    },
  );

  it.each(['eval_har', 'self_training', 'self_har'])('is refused where %s begins without an activity head', (type) => {
    expect(issuesOf(transform, { type, previous_config_offset: 1 })).toEqual([
      `experiment_configs[1].previous_config_offset: expected a model with an activity head, because "${type}" predicts activities, found 1, which leads to a "transform_model"`,
    ]);
    expect(issuesOf({ type, trained_model_path: 'a', trained_model_type: 'transform_model' })).toEqual([
      `experiment_configs[0].trained_model_type: expected a model with an activity head, because "${type}" predicts activities, found "transform_model"`,
    ]);
  });

  it('sees through steps that only pass a model on', () => {
    const none = { type: 'none', previous_config_offset: 1 };
    expect(issuesOf(transform, none, { type: 'self_har', previous_config_offset: 1 })).toEqual([
      'experiment_configs[2].previous_config_offset: expected a model with an activity head, because "self_har" predicts activities, found 1, which leads to a "transform_model"',
    ]);
    expect(issuesOf(full, none, { type: 'self_har', previous_config_offset: 1 })).toEqual([]);
  });

  it('is refused where a stored model has no type', () => {
    expect(issuesOf({ type: 'har_linear_train', trained_model_path: 'a.safetensors' })).toEqual([
      'experiment_configs[0].trained_model_type: expected one of "har_model", "transform_model", "transform_with_har_model", because trained_model_path names a file, found ""',
    ]);
  });

  it('is refused where it evaluates what cannot tell activities', () => {
    expect(issuesOf({ ...transform, eval_har: true })).toEqual([
      'experiment_configs[0].eval_har: expected false, because the model of the step has no activity head, found true',
    ]);
    expect(issuesOf({ type: 'none', eval_har: true })).toEqual([
      'experiment_configs[0].eval_har: expected false, because the step has no model, found true',
    ]);
  });

  it('names what learns and what is cached, where that can be', () => {
    const path = 'experiment_configs[0]';
    expect(issuesOf({ ...full, trainable: { above: 'conv4' } })).toEqual([
      `${path}.trainable.above: expected one of "conv1", "conv2", "conv3", found "conv4"`,
    ]);
    const message =
      'expected false, because features change where the core learns or windows are transformed, found true';
    expect(issuesOf({ ...full, cache_features: true })).toEqual([`${path}.cache_features: ${message}`]);
    expect(issuesOf({ type: 'none', trainable: 'heads' })).toEqual([
      `${path}.type: expected a step that trains, because it has trainable, cache_features or loss_weights, found "none"`,
    ]);
    expect(issuesOf({ ...full, trainable: 'heads', cache_features: true })).toEqual([]);
  });

  it('weighs losses where a step has two heads', () => {
    const selfHar = { type: 'self_har', previous_config_offset: 1 };
    const schedule = { transformations: [{ epoch: 1, weight: 1 }] };
    for (const loss_weights of ['equal', 'uncertainty', 'dynamic-average', { fixed: { activity: 2 } }, { schedule }]) {
      expect(issuesOf(full, { ...selfHar, loss_weights })).toEqual([]);
    }
    expect(issuesOf(full, { ...selfHar, loss_weights: 'dynamic-average', epochs: 2 })).toEqual([
      expect.stringMatching(/^experiment_configs\[1\]\.loss_weights: expected at least 3 epochs .*, found epochs: 2$/),
    ]);
    expect(issuesOf({ ...full, loss_weights: 'uncertainty' })).toEqual([
      'experiment_configs[0].loss_weights: expected equal or fixed weights, because there is only one head, found "uncertainty"',
    ]);
    expect(issuesOf({ ...full, loss_weights: { fixed: { transformations: 1 } } })).toEqual([
      'experiment_configs[0].loss_weights.fixed.transformations: expected one of activity, found no such head',
    ]);
    expect(issuesOf({ type: 'none', loss_weights: 'equal' })).toEqual([
      expect.stringMatching(/^experiment_configs\[0\]\.type: expected a step that trains/),
    ]);
  });
});
