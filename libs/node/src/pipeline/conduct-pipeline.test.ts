import { createRng, syntheticPeople } from '@gaitway/core';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { writeCsvFolder } from '../data/write-csv-folder.js';
import { readModel } from '../models/model-file.js';
import { exists } from '../run/run-folder.js';
import { createReporter } from '../terminal/reporter.js';
import { faultsOf } from '../testing/page-checks.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { conductPipeline, type ConductedPipeline } from './conduct-pipeline.js';
import type { PipelineSource } from './load-pipeline-data.js';

const sensors = {
  channels: ['x', 'y', 'z'],
  rateHz: 20,
  window: 64,
  step: 64,
  normalisation: 'z',
  otherActivities: 'refuse',
} as const;

const step = { epochs: 1, batch_size: 40 };

/** A reporter that records its lines. */
function listeningReporter(): { readonly reporter: ReturnType<typeof createReporter>; readonly said: () => string } {
  const stream = new PassThrough();
  const heard: string[] = [];
  stream.setEncoding('utf8').on('data', (text: string) => heard.push(text));
  const out = Object.assign(stream, { isTTY: false, columns: 80 });
  return { reporter: createReporter({}, { out, err: out }), said: () => heard.join('') };
}

interface Trial {
  readonly folder: string;
  readonly steps: readonly object[];
  readonly source?: Partial<PipelineSource>;
}

async function writePeople(folder: string, people: number, seed: number): Promise<string> {
  await writeCsvFolder(folder, syntheticPeople({ people, secondsPerActivity: 8, rateHz: 20 }, createRng(seed)));
  return folder;
}

/** Runs a pipeline on the recordings of three synthetic people; pipeline, recordings and run are in the folder. */
async function conduct({ folder, steps, source }: Trial): Promise<ConductedPipeline & { readonly said: string }> {
  const data = join(folder, 'data');
  if (!(await exists(data))) {
    await writePeople(data, 3, 1);
  }
  const file = join(folder, 'pipeline.json');
  await writeFile(file, JSON.stringify({ tag: 'full, then linear', experiment_configs: steps }));
  const { reporter, said } = listeningReporter();
  const conducted = await conductPipeline({
    file,
    source: { labelled: { folder: data }, test: ['person-01'], sensors, seed: 1, ...source },
    fineTune: 'top',
    backend: 'wasm',
    run: join(folder, 'run'),
    reporter,
    signal: new AbortController().signal,
  });
  return { ...conducted, said: said() };
}

describe('a pipeline that is conducted', () => {
  it('leaves what it was given, its steps, models, curves and result', async () => {
    const folder = await temporaryFolder();
    const { report, result, said } = await conduct({
      folder,
      steps: [
        { ...step, type: 'har_full_train', tag: 'a/b, "c"', eval_har: true },
        { ...step, type: 'self_training', tag: 'again', previous_config_offset: 1 },
        { type: 'eval_har', tag: 'test', previous_config_offset: 1 },
      ],
    });
    const run = join(folder, 'run');
    expect((await readdir(run)).sort()).toEqual([
      'events',
      'metrics.csv',
      'models',
      'pipeline.json',
      'report.html',
      'result.json',
      'steps.jsonl',
    ]);
    expect((await readdir(join(run, 'models'))).sort()).toEqual(['0-a-b-c-.safetensors', '1-again.safetensors']);
    expect((await readdir(join(run, 'events'))).sort()).toEqual(['0-a-b-c-', '1-again', '2-test']);
    expect(JSON.parse(await readFile(join(run, 'result.json'), 'utf8'))).toEqual(result);
    const lines = (await readFile(join(run, 'steps.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(result.steps);
    const [header, ...rows] = (await readFile(join(run, 'metrics.csv'), 'utf8')).trimEnd().split('\n');
    expect(header).toBe('step,tag,epoch,training_loss,validation_loss,learning_rate');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^0,"a\/b, ""c""",1,\d\.\d+,\d\.\d+,0\.0003$/);

    // Two windows of each of six activities, of two people; a tenth validates.
    expect(result).toMatchObject({
      pipeline: { tag: 'full, then linear' },
      testPeople: ['person-01'],
      windows: { labelled: 21, validation: 3, unlabelled: 3, test: 12 },
    });
    const [first, again, test] = result.steps;
    expect(first!.eval_results!.windows).toBe(12);
    expect(again!.eval_results).toBeUndefined();
    expect(Object.keys(again!.training!.selection!.accepted)).toEqual(result.activities);
    expect(first!.training).toMatchObject({ trained: ['conv1', 'conv2', 'conv3', 'activity'], frozen: [] });
    expect(test!.model).toBeUndefined();
    expect(test!.eval_results).toBeDefined();
    expect(said).toContain('Pipeline "full, then linear": 21 labelled windows, 3 to validate on, 3 unlabelled, 12 to');
    expect(said).toMatch(/^again 1\/1: loss \d\.\d{3}, validation \d\.\d{3}$/m);
    expect(said).toMatch(/^again: 24 of 24 windows accepted, best epoch 1$/m);
    expect(said).toMatch(/^test: weighted F1 0\.\d{3}$/m);

    const page = await readFile(report, 'utf8');
    expect(report).toBe(join(run, 'report.html'));
    expect(page).toContain(`<span class="tile-value">${first!.eval_results!.weightedF1.toFixed(3)}</span>`);
    expect(faultsOf(page)).toEqual([]);

    // Another run starts from a stored model of this run.
    const stored = { trained_model_path: 'run/models/0-a-b-c-.safetensors', trained_model_type: 'har_model' };
    const next = await conduct({
      folder: await temporaryFolder(),
      steps: [{ type: 'eval_har', ...stored, trained_model_path: join(folder, stored.trained_model_path) }],
    });
    expect(next.result.steps[0]!.eval_results!.confusion).toEqual(first!.eval_results!.confusion);
    expect((await readModel(join(run, 'models', '0-a-b-c-.safetensors'))).metadata).toMatchObject({
      study: 'full, then linear',
      stage: 'a/b, "c"',
      activities: result.activities,
    });

    // The folder is taken now.
    await expect(conduct({ folder, steps: [{ type: 'none' }] })).rejects.toThrow(
      'expected a new folder, found a finished run: choose another folder',
    );
  });

  it("learns from another folder's people too, but never from its own test people", async () => {
    const none = [{ type: 'none' }];
    const other = { folder: await writePeople(join(await temporaryFolder(), 'data'), 2, 2) };
    const withOthers = await conduct({ folder: await temporaryFolder(), steps: none, source: { unlabelled: other } });
    expect(withOthers.result.windows).toMatchObject({ labelled: 21, unlabelled: 24 });
    const folder = await temporaryFolder();
    const same = { unlabelled: { folder: join(folder, 'data', '.') } };
    const withItself = await conduct({ folder, steps: none, source: same });
    expect(withItself.result.windows).toMatchObject({ labelled: 21, unlabelled: 3 });
  });

  it('refuses test people who are not there, and when nobody is left to train', async () => {
    const folder = await temporaryFolder();
    const test = (...people: readonly string[]): Promise<unknown> =>
      conduct({ folder, steps: [{ type: 'none' }], source: { test: people } });
    await expect(test('person-1')).rejects.toThrow(
      '--test: expected people of the data folder (person-01, person-02, person-03), found "person-1"; did you mean "person-01"?',
    );
    await expect(test('person-01', 'person-02', 'person-03')).rejects.toThrow(
      'people: expected people to train on beside the test people, found person-01, person-02, person-03 only',
    );
  });

  it('refuses stored models that are not there or of the wrong kind before anything is trained', async () => {
    const folder = await temporaryFolder();
    const first = await conduct({ folder, steps: [{ ...step, type: 'har_full_train', tag: 'teacher' }] });
    const path = join(folder, 'run', first.result.steps[0]!.model!.path);
    const startingWith = (name: string, kind: string, source: Partial<PipelineSource> = {}): Promise<unknown> =>
      temporaryFolder().then((place) =>
        conduct({ folder: place, steps: [{ trained_model_path: name, trained_model_type: kind }], source }),
      );
    await expect(startingWith('nothing.safetensors', 'har_model')).rejects.toThrow(
      /experiment_configs\[0\]\.trained_model_path: expected a model's file, found nothing at .*nothing\.safetensors$/,
    );
    await expect(startingWith(path, 'transform_model')).rejects.toThrow(
      'expected a "transform_model" with the heads transformations, found activity',
    );
    await expect(startingWith(path, 'har_model', { sensors: { ...sensors, window: 80, step: 80 } })).rejects.toThrow(
      'expected windows of 80 time steps, found 64',
    );
  });

  it('warns of a stored model that was learned under another normalisation', async () => {
    const folder = await temporaryFolder();
    const first = await conduct({ folder, steps: [{ ...step, type: 'har_full_train', tag: 'teacher' }] });
    const path = join(folder, 'run', first.result.steps[0]!.model!.path);
    const { said } = await conduct({
      folder: await temporaryFolder(),
      steps: [{ trained_model_path: path, trained_model_type: 'har_model' }],
      source: { test: ['person-02'] },
    });
    expect(said).toContain('learned under another normalisation than that of the labelled people');
  });
});
