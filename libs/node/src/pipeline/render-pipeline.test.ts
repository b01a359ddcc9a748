import { describe, expect, it } from 'vitest';
import { countOf, escapedHostile, faultsOf, hostile, outsideReferences } from '../testing/page-checks.js';
import { type SamplePipeline, samplePipelineRun } from '../testing/sample-pipeline.js';
import { without } from '../testing/without.js';
import { renderPipeline } from './render-pipeline.js';

const render = ({ result, ...file }: SamplePipeline): string => renderPipeline(file, result);

/** The cells of the rows that begin with a name, without their markup. */
function rowsOf(page: string, name: string): readonly (readonly string[])[] {
  const rows = [...page.matchAll(/<tr><th scope="row">(.*?)<\/tr>/gs)].map(([, row]) =>
    row!.split(/<\/t[hd]>/).map((cell) => cell.replace(/<[^>]*>/g, '').trim()),
  );
  return rows.filter(([first]) => first === name).map((row) => row.slice(1, -1));
}

/** The sample with only some of its steps. */
function withSteps(...indices: readonly number[]): SamplePipeline {
  const sample = samplePipelineRun();
  const { pipeline, result } = sample;
  const configs = indices.map((index) => ({ ...pipeline.experiment_configs[index]!, previous_config_offset: 0 }));
  const steps = indices.map((index, place) => ({ ...result.steps[index]!, index: place }));
  return { ...sample, pipeline: { ...pipeline, experiment_configs: configs }, result: { ...result, steps } };
}

describe("a pipeline's report", () => {
  const sample = samplePipelineRun();
  const page = render(sample);
  const [teacher, , tuned] = sample.result.steps.map((step) => step.eval_results);

  it('begins with what was run and the weighted F1 of each evaluated step', () => {
    expect(page).toContain('<h1>central</h1>');
    expect(page).toContain('4 steps, 2 of them evaluated on 500 test windows of 3 people.');
    for (const [name, evaluation] of [
      ['teacher', teacher],
      ['tuned', tuned],
    ] as const) {
      const value = evaluation!.weightedF1.toFixed(3);
      expect(page).toContain(
        `<span class="tile-value">${value}</span><span class="tile-name">${name}, weighted F1</span>`,
      );
    }
    expect(page).toContain('<dd>5 min 0 s</dd>');
  });

  it('has a row for each step, with dashes for what a step does not have', () => {
    const { weightedF1, macroF1, accuracy } = tuned!;
    const interval = `[${(weightedF1 - 0.04).toFixed(2)}, ${(weightedF1 + 0.03).toFixed(2)}]`;
    const figures = [`${weightedF1.toFixed(3)} ${interval}`, macroF1.toFixed(3), accuracy.toFixed(3)];
    expect(rowsOf(page, 'tuned')[0]).toEqual(['har_full_fine_tune', '450', '–', '18 of 20', ...figures]);
    expect(rowsOf(page, 'student')[0]).toEqual(['self_har', '810', '900 of 1,000 (90%)', '18 of 20', '–', '–', '–']);
    expect(rowsOf(page, 'passed on')[0]).toEqual(['none', '–', '–', '–', '–', '–', '–']);
    expect(page).toContain('95% intervals from 1,000 resamples of the 5 test people');
  });

  it('says what each step began with, what learned and what was frozen', () => {
    expect(rowsOf(page, 'teacher')).toContainEqual([
      'none',
      'conv1, conv2, conv3, activity',
      'nothing',
      '50',
      '1 min 40 s',
    ]);
    expect(rowsOf(page, 'tuned')).toContainEqual(['student', 'conv3, activity', 'conv1, conv2', '50', '1 min 40 s']);
    expect(rowsOf(page, 'passed on')).toContainEqual(['tuned', '–', '–', '–', '0.0 s']);
  });

  it('draws the losses of each training, and names where the learning rate falls', () => {
    expect(countOf(page, /id="losses-\d-title">/g)).toBe(3);
    expect(countOf(page, /Best epoch 18 of 20, validation loss 0\.950\./g)).toBe(3);
    expect(countOf(page, /Learning rate 0\.0003; 0\.00015 from epoch 16 on\./g)).toBe(1);
  });

  it('draws confusion and calibration of each evaluated step', () => {
    expect(countOf(page, /class="heat"/g)).toBe(2 * 3 * 3);
    expect(countOf(page, /class="reliability"/g)).toBe(2 * 15);
    expect(page).toContain('<title id="confusion-2-title">Confusion matrix, tuned</title>');
    expect(page).toContain('<title id="calibration-1-title">Calibration, teacher</title>');
  });

  it('shows by activity what the teacher gave the windows that were accepted', () => {
    expect(page).toContain('Accepted windows of all windows: student 900 of 1,000.');
    expect(rowsOf(page, 'student')).toContainEqual(['1,000', '300', '0', '600']);
  });

  it('names stored models, and holds the pipeline as it was written', () => {
    expect(rowsOf(page, 'student')).toContainEqual(['models/1.safetensors', '1f'.repeat(32)]);
    expect(page).toContain('&quot;previous_config_offset&quot;: 1');
    expect(page).toContain('test people: 1, 14, 6');
  });

  it('is well formed and needs nothing outside it', () => {
    expect(faultsOf(page)).toEqual([]);
    expect(outsideReferences(page)).toEqual([]);
  });

  it('escapes every name that comes from a file', () => {
    const dirty = render(samplePipelineRun((name) => `${hostile}${name}`));
    expect(outsideReferences(dirty)).toEqual([]);
    expect(faultsOf(dirty)).toEqual([]);
    expect(dirty).toContain(`<h1>${escapedHostile}central</h1>`);
  });

  it('tells steps of the same tag apart by their place', () => {
    const same = render(samplePipelineRun(() => 'again'));
    expect(rowsOf(same, 'again (step 3)')).toContainEqual([
      'again (step 2)',
      'conv3, activity',
      'conv1, conv2',
      '50',
      '1 min 40 s',
    ]);
  });

  it('is whole for a single step', () => {
    const single = render(withSteps(0));
    expect(single).toContain('1 step, evaluated on 500 test windows of 3 people.');
    expect(faultsOf(single)).toEqual([]);
    expect(single).not.toContain('Accepted windows</h2>');
  });

  it('leaves out what was not evaluated, trained or validated', () => {
    const bare = render(withSteps(3));
    expect(bare).toContain('1 step, none of them evaluated.');
    expect(bare).not.toMatch(/<h2>(Losses|Figures|Activities|Confusion|Calibration|Accepted windows|Models)/);
    expect(faultsOf(bare)).toEqual([]);
    const { result, ...rest } = withSteps(1);
    const epochs = result.steps[0]!.training!.epochs.map((epoch) => without(epoch, 'validationLoss'));
    const training = { ...result.steps[0]!.training!, epochs, bestEpoch: 20 };
    const unvalidated = render({ ...rest, result: { ...result, steps: [{ ...result.steps[0]!, training }] } });
    expect(unvalidated).toContain('Best epoch 20 of 20, the last: no window to validate on.');
    expect(faultsOf(unvalidated)).toEqual([]);
  });

  it('says which stored model a step began with', () => {
    const { pipeline, ...rest } = withSteps(2);
    const configs = pipeline.experiment_configs.map((step) => ({ ...step, trained_model_path: 'a & b.safetensors' }));
    const stored = render({ ...rest, pipeline: { ...pipeline, experiment_configs: configs } });
    expect(rowsOf(stored, 'tuned').map(([first]) => first)).toContain('a &amp; b.safetensors');
  });
});
