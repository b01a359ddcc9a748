import { InvalidInput } from '@gaitway/core';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSampleModel } from '../../testing/sample-study.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { readExperiment } from './read-experiment.js';

const study = {
  name: 'sample',
  activities: ['sitting', 'walking'],
  sensors: { channels: ['x', 'y', 'z'], rateHz: 50, window: 400, step: 200 },
  people: { test: [1, 6], labelled: [2] },
  stages: 'selfhar',
};
const pipeline = {
  tag: 'central',
  experiment_configs: [
    { type: 'har_full_train', tag: 'full', eval_har: true },
    { type: 'self_har', tag: 'student', previous_config_offset: 1 },
  ],
};
const minimal = { name: 'sample', seeds: [1], methods: { selfhar: { study: 'study.json' } } };

async function experimentFile(experiment: unknown, files: object = {}): Promise<string> {
  const folder = await temporaryFolder();
  const contents = { 'experiment.json': experiment, 'study.json': study, 'pipeline.json': pipeline, ...files };
  for (const [name, content] of Object.entries(contents)) {
    await writeFile(join(folder, name), JSON.stringify(content));
  }
  return join(folder, 'experiment.json');
}

/** The issues of an experiment; an empty list where it is valid. */
async function issuesOf(experiment: unknown, files?: object): Promise<readonly string[]> {
  try {
    await readExperiment(await experimentFile(experiment, files));
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) {
      return error.issues.map(({ path, message }) => `${path}: ${message}`);
    }
    throw error;
  }
}

describe('an experiment file', () => {
  it('is read with the studies and pipelines that it names', async () => {
    const methods = {
      selfhar: { study: 'study.json' },
      central: { pipeline: 'pipeline.json', step: 'full' },
    };
    const path = await experimentFile({ ...minimal, test: [1, 6], windowsPerClass: [2, 10], backend: 'wasm', methods });
    const read = await readExperiment(path);
    expect(read).toMatchObject({
      seeds: [1],
      windowsPerClass: [2, 10],
      test: ['1', '6'],
      backend: 'wasm',
      reference: [],
    });
    expect(read.methods).toEqual([
      { kind: 'study', name: 'selfhar', study: expect.objectContaining({ name: 'sample', seed: 1 }) },
      { kind: 'pipeline', name: 'central', pipeline: expect.objectContaining({ tag: 'central' }), step: 'full' },
    ]);
  });

  it('says every wrong value with its place', async () => {
    const broken = { name: 'A b', seeds: [], windowsPerClas: [2], backend: 'wsm', methods: { 'X y': {} } };
    expect(await issuesOf(broken)).toEqual([
      'name: expected a name of lower-case letters and digits, joined by hyphens, found "A b"',
      'seeds: expected a list of at least 1, found an empty list',
      'backend: expected one of "native", "wasm", "cpu", found "wsm"; did you mean "wasm"?',
      'methods["X y"]: expected a name that is a name of lower-case letters and digits, joined by hyphens, found "X y"',
      expect.stringMatching(/^windowsPerClas: unknown key, expected one of .*; did you mean "windowsPerClass"\?$/),
    ]);
  });

  it('refuses a method that is neither a study nor a pipeline, or both', async () => {
    const methods = { none: {}, both: { study: 'study.json', pipeline: 'pipeline.json' }, near: { studdy: 'x' } };
    expect(await issuesOf({ ...minimal, methods: { near: methods.near } })).toEqual([
      'methods.near.studdy: unknown key, expected one of "study", "stage", "baseline", "pipeline", "step"; did you mean "study"?',
    ]);
    expect(await issuesOf({ ...minimal, test: [1, 6], methods: { none: methods.none, both: methods.both } })).toEqual([
      'methods.none: expected either a study or a pipeline, found neither',
      'methods.both: expected either a study or a pipeline, found both',
    ]);
    expect(await issuesOf({ ...minimal, methods: {} })).toEqual([
      'methods: expected at least one method, found an object',
    ]);
  });

  it('refuses what stands twice', async () => {
    expect(await issuesOf({ ...minimal, seeds: [1, 2, 1], windowsPerClass: [2, 2], test: ['1', 1] })).toEqual([
      'seeds[2]: expected each once, found 1 again',
      'windowsPerClass[1]: expected each once, found 2 again',
      'test[1]: expected each once, found "1" again',
    ]);
  });

  it('wants test people where a method is a pipeline, and the same in all studies', async () => {
    const methods = { central: { pipeline: 'pipeline.json' } };
    expect(await issuesOf({ ...minimal, methods })).toEqual([
      'test: expected the test people, because "central" is a pipeline, found nothing',
    ]);
    expect(await issuesOf({ ...minimal, test: [6, 1] })).toEqual([]);
    expect(await issuesOf({ ...minimal, test: [1, 5] })).toEqual([
      'methods.selfhar: expected a study with the test people 1, 5, found 1, 6',
    ]);
    const others = { one: { study: 'study.json' }, two: { study: 'other.json' } };
    const other = { 'other.json': { ...study, people: { test: [1], labelled: [2] } } };
    expect(await issuesOf({ ...minimal, methods: others }, other)).toEqual([
      'methods.two: expected a study with the test people 1, 6, found 1',
    ]);
  });

  it('is read with splits, draws, stages, baselines and pairs to compare', async () => {
    const methods = {
      teacher: { study: 'study.json', stage: 'teacher' },
      forest: { study: 'study.json', baseline: 'forest' },
      final: { study: 'study.json' },
    };
    const splits = [{ labelled: [2, 3], test: [1] }, { name: 'far', labelled: [1], test: [2] }]; // prettier-ignore
    const compare = [{ method: 'final', against: 'forest' }];
    const read = await readExperiment(await experimentFile({ ...minimal, methods, splits, compare }));
    expect(read).toMatchObject({
      splits: [
        { name: 'split1', labelled: ['2', '3'], test: ['1'] },
        { name: 'far', labelled: ['1'], test: ['2'] },
      ],
      compare,
      methods: [{ name: 'teacher', stage: 'teacher' }, { name: 'forest', baseline: 'forest' }, { name: 'final' }],
    });
    const draws = { labelled: 2, test: [[1, 6], [3]], count: 4 };
    expect(await readExperiment(await experimentFile({ ...minimal, draws }))).toMatchObject({
      draws: { labelled: 2, test: [['1', '6'], ['3']], count: 4, seed: 1 },
    });
  });

  it('takes splits from one place, each by a name of its own, and no test people beside them', async () => {
    const split = { name: 'a', labelled: [2], test: [1] };
    const draws = { labelled: 2, test: [[1]], count: 1 };
    expect(await issuesOf({ ...minimal, test: [1, 6], splits: [split, split], draws })).toEqual([
      'splits[1].name: expected each once, found "a" again',
      'draws: expected none beside splits, found both',
      'test: expected none, because splits say who is tested, found some',
    ]);
    expect(await issuesOf({ ...minimal, splits: [{ ...split, name: 'a-b' }] })).toEqual([
      'splits[0].name: expected a name of lower-case letters and digits, found "a-b"',
    ]);
  });

  it('refuses splits where a pipeline knows all labels, or a study names its clients', async () => {
    const named = { 'study.json': { ...study, people: { ...study.people, clients: [3] } } };
    const methods = { selfhar: { study: 'study.json' }, central: { pipeline: 'pipeline.json' } };
    const splits = [{ labelled: [2], test: [1] }];
    expect(await issuesOf({ ...minimal, methods, splits }, named)).toEqual([
      expect.stringMatching(/^methods\.selfhar: expected a study whose people\.clients is "rest" or "everyone", .*/),
      expect.stringMatching(/^methods\.central: expected a study, .*, found a pipeline$/),
    ]);
  });

  it('refuses a stage that is not evaluated, a baseline beside a stage, and pairs of unknown methods', async () => {
    const methods = {
      near: { study: 'study.json', stage: 'techer' },
      both: { study: 'study.json', stage: 'teacher', baseline: 'forest' },
      central: { pipeline: 'pipeline.json', stage: 'teacher' },
    };
    const compare = [{ method: 'near', against: 'bth' }, { method: 'near', against: 'near' }]; // prettier-ignore
    const experiment = { ...minimal, test: [1, 6], methods, compare };
    expect(await issuesOf(experiment)).toEqual([
      'methods.both.baseline: expected none, as figures are those of a stage or of a baseline, found both',
      'methods.central.stage: expected none, as only a study has stages, found "teacher"',
      'compare[0].against: expected one of the methods (near, both, central), found "bth"; did you mean "both"?',
      'compare[1].against: expected another method than "near", found the same',
    ]);
    expect(await issuesOf({ ...minimal, methods: { near: methods.near } })).toEqual([
      'methods.near.stage: expected a stage that is evaluated (teacher, student, fine-tune), found "techer"; did you mean "teacher"?',
    ]);
  });

  it('wants a curve for reference figures to stand on', async () => {
    const reference = [{ name: 'published', windowsPerClass: 10, weightedF1: 0.88 }];
    expect(await issuesOf({ ...minimal, reference })).toEqual([
      'reference: expected windowsPerClass beside it, found none: there is no curve to draw it on',
    ]);
    expect(await issuesOf({ ...minimal, windowsPerClass: [10], reference })).toEqual([]);
  });

  it('names the step of a pipeline that is evaluated, and of a pipeline only', async () => {
    const named = (step: string): object => ({
      ...minimal,
      test: [1, 6],
      methods: { central: { pipeline: 'pipeline.json', step } },
    });
    expect(await issuesOf(named('full'))).toEqual([]);
    expect(await issuesOf(named('ful'))).toEqual([
      'methods.central.step: expected the tag of a step that is evaluated (full), found "ful"; did you mean "full"?',
    ]);
    expect(await issuesOf(named('student'))).toEqual([
      'methods.central.step: expected the tag of a step that is evaluated (full), found "student"',
    ]);
    expect(await issuesOf({ ...minimal, methods: { selfhar: { study: 'study.json', step: 'teacher' } } })).toEqual([
      'methods.selfhar.step: expected none, as only a pipeline has steps, found "teacher"',
    ]);
  });

  it('finds the models that a pipeline or a study begins with from the folder of that file', async () => {
    const step = { type: 'none', trained_model_path: 'stored.safetensors', trained_model_type: 'har_model' };
    const stage = { name: 'tuned', where: 'coordinator', objective: 'supervised', steps: 1 };
    const transfer = { ...study, stages: [{ ...stage, from: { model: 'stored.safetensors' } }] };
    const files = {
      'pipeline.json': { experiment_configs: [{ ...step, eval_har: true }] },
      'study.json': transfer,
    };
    const methods = { central: { pipeline: 'pipeline.json' }, federated: { study: 'study.json' } };
    const path = await experimentFile({ ...minimal, test: [1, 6], methods }, files);
    await expect(readExperiment(path)).rejects.toThrow(
      /pipeline\.json: experiment_configs\[0\]\.trained_model_path: expected a model's file, found nothing at .*stored\.safetensors$/,
    );
    const model = join(dirname(path), 'stored.safetensors');
    await writeSampleModel(model);
    const { methods: read } = await readExperiment(path);
    expect(read[0]).toHaveProperty('pipeline.experiment_configs.0.trained_model_path', model);
    expect(read[1]).toHaveProperty('study.stages.0.from.model', model);
  });

  it('wants two windows of each activity where a pipeline holds one back to validate on', async () => {
    const methods = { central: { pipeline: 'pipeline.json' } };
    expect(await issuesOf({ ...minimal, test: [1, 6], windowsPerClass: [2, 1], methods })).toEqual([
      'windowsPerClass[1]: expected at least 2, because "central" is a pipeline, found 1',
    ]);
  });

  it('refuses a pipeline of which no step is evaluated', async () => {
    const silent = { 'pipeline.json': { experiment_configs: [{ type: 'har_full_train' }] } };
    const methods = { central: { pipeline: 'pipeline.json' } };
    expect(await issuesOf({ ...minimal, test: [1, 6], methods }, silent)).toEqual([
      'methods.central: expected a pipeline with a step that is evaluated, found none',
    ]);
  });

  it('refuses a study that cannot do with a label budget, and a file that is not there', async () => {
    const sensors = { ...study.sensors, normalisation: 'site' };
    const people = { test: [1, 6], labelled: [] };
    const files = { 'study.json': { ...study, sensors, people, stages: 'federated-supervised' } };
    expect(await issuesOf({ ...minimal, windowsPerClass: [2] }, files)).toEqual([
      'methods.selfhar: people.labelledWindows: expected labelled people beside it, found none: there is nothing to draw from',
    ]);
    expect(await issuesOf({ ...minimal, methods: { lost: { study: 'lost.yaml' } } })).toEqual([
      ': expected a study file, found nothing',
    ]);
    expect(await issuesOf({ ...minimal, test: [1, 6], methods: { lost: { pipeline: 'lost.json' } } })).toEqual([
      ': expected a pipeline file, found nothing',
    ]);
  });
});
