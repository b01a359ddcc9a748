import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePipeline } from '@gaitway/core/pipeline';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, 'pipelines');

/** The steps of Tang et al. 2021: type, offset of the parent, and a star where the step is evaluated. */
const published: Readonly<Record<string, readonly string[]>> = {
  fully_supervised: ['har_full_train 0 *', 'har_linear_train 1 *'],
  transformation_discrimination: ['transform_train 0', 'har_full_fine_tune 1 *', 'har_linear_train 2 *'],
  self_training: ['har_full_train 0', 'self_training 1', 'har_full_fine_tune 1 *', 'har_linear_train 2 *'],
  self_har: ['har_full_train 0', 'self_har 1', 'har_full_fine_tune 1 *', 'har_linear_train 2 *'],
};

it('are the four published ones', () => {
  expect(readdirSync(folder).sort()).toEqual(
    Object.keys(published)
      .sort()
      .map((name) => `${name}.json`),
  );
});

it.each(Object.entries(published))('%s has the published steps and numbers', (name, steps) => {
  const path = join(folder, `${name}.json`);
  const { pipeline, warnings } = parsePipeline(JSON.parse(readFileSync(path, 'utf8')), path);
  expect(warnings).toEqual([]);
  expect(pipeline.tag).toBe(name);
  expect(
    pipeline.experiment_configs.map(
      ({ type, previous_config_offset: offset, eval_har: evaluates }) => `${type} ${offset}${evaluates ? ' *' : ''}`,
    ),
  ).toEqual(steps);
  for (const step of pipeline.experiment_configs) {
    expect(step).toMatchObject({ optimizer: 'adam', initial_learning_rate: 0.0003, epochs: 30, batch_size: 300 });
    if (step.type === 'self_training' || step.type === 'self_har') {
      expect(step).toMatchObject({
        self_training_samples_per_class: 10_000,
        self_training_minimum_confidence: 0.5,
        self_training_plurality_only: true,
      });
    }
  }
});
