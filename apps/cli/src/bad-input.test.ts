import { createRng, syntheticActivities, syntheticPeople } from '@gaitway/core';
import { writeCsvFolder } from '@gaitway/node';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from './testing/refusal.js';
import { foreignBytes, modelBytes } from './testing/stored-model.js';
import { temporaryFolder } from './testing/temporary-folder.js';
import { tinyStudy } from './testing/tiny-study.js';

/** The content of a file: JSON, text, or bytes that are neither. */
type Content = object | string | Uint8Array;

const sorted = [...syntheticActivities].sort();
/** The convolutions of the tiny study. */
const tiny = [8, 6, 4].map((kernel) => ({ filters: 8, kernel }));
const windows = ['--rate', '20', '--window', '64', '--step', '32'];
const { people, stages, ...rest } = tinyStudy() as Record<'people' | 'stages', object>;

/** Recordings of six people, in a folder to which nothing is written. */
let data: string;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'gaitway-'));
  await writeCsvFolder(data, syntheticPeople({ people: 6, secondsPerActivity: 12, rateHz: 20 }, createRng(1)));
});
afterAll(() => rm(data, { recursive: true }));

async function folderWith(files: Readonly<Record<string, Content>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    const isText = typeof content === 'string' || content instanceof Uint8Array;
    await writeFile(join(folder, name), isText ? content : JSON.stringify(content));
  }
  return folder;
}

/** The message of a command that fails with exit code 2 and leaves the folder unchanged. */
async function refused(folder: string, ...args: readonly string[]): Promise<string> {
  const before = await readdir(folder, { recursive: true });
  const failure = await refusalOf(...args, '--run', join(folder, 'run'));
  expect(failure).toMatchObject({ exitCode: 2 });
  expect(await readdir(folder, { recursive: true })).toEqual(before);
  return failure!.message.replaceAll(folder, 'DIR').replaceAll(data, 'DATA');
}

/** The refusal of a pipeline with these steps, beside a model. */
async function pipelineRefused(steps: readonly object[], model?: Content, options = windows): Promise<string> {
  const pipeline = { tag: 'tiny', experiment_configs: steps };
  const folder = await folderWith({ 'p.json': pipeline, ...(model !== undefined && { 'm.safetensors': model }) });
  return refused(folder, 'train', join(folder, 'p.json'), '--labelled', data, ...options);
}

/** The refusal of the tiny study with other stages or other keys, beside a model. */
async function studyRefused(changes: object, model?: Content): Promise<string> {
  const study = { ...rest, people, stages, ...changes };
  const folder = await folderWith({ 's.json': study, ...(model !== undefined && { 'm.safetensors': model }) });
  return refused(folder, 'simulate', join(folder, 's.json'), '--data', data);
}

/** The refusal of a task with these labels. */
async function tasksRefused(labels: Content | undefined, options = windows): Promise<string> {
  const task = { kind: 'exclusive', classes: ['slow', 'fast'], labels: { file: 'l.csv', column: 'pace' } };
  const file = { name: 'tiny', epochs: 1, network: { convolutions: tiny }, tasks: { pace: task } };
  const folder = await folderWith({ 't.json': file, ...(labels !== undefined && { 'l.csv': labels }) });
  return refused(folder, 'train', join(folder, 't.json'), '--labelled', data, ...options);
}

const linear = { type: 'har_linear_train', trained_model_path: 'm.safetensors', trained_model_type: 'har_model' };
const transferred = { name: 'tuned', where: 'coordinator', objective: 'supervised', steps: 1 };
const transfer = { stages: [{ ...transferred, from: { model: 'm.safetensors' } }] };

describe('a pipeline that cannot work is refused before it trains', () => {
  const full = { type: 'har_full_train' };
  it.each<[readonly object[], string]>([
    [[full, { ...full, previous_config_offset: 2 }], '[1].previous_config_offset: expected at most 1, the number of steps before this one, found 2'], // prettier-ignore
    [[{ type: 'none' }, { type: 'self_har', previous_config_offset: 1 }], '[1].previous_config_offset: expected the way back to a step with a model, found 1, which leads to experiment_configs[0], a step that has none'], // prettier-ignore
    [[{ type: 'har_linear_train' }], '[0].previous_config_offset: expected at least 1, or a trained_model_path, because "har_linear_train" begins with a model, found 0'], // prettier-ignore
    [[full, { type: 'har_full_fine_tune' }], '[1].previous_config_offset: expected at least 1, or a trained_model_path, because "har_full_fine_tune" begins with a model, found 0'], // prettier-ignore
    [[{ type: 'har_ful_train' }], '[0].type: expected one of "none", "eval_har", "transform_train", "har_full_train", "har_full_fine_tune", "har_linear_train", "self_training", "self_har", found "har_ful_train"; did you mean "har_full_train"?'], // prettier-ignore
    [[{ ...full, batch_size: 0 }], '[0].batch_size: expected at least 1, found 0'],
  ])('%j', async (steps, message) => {
    expect(await pipelineRefused(steps)).toBe(`DIR/p.json: experiment_configs${message}`);
  });

  it('for windows that are shorter than its network reaches', async () => {
    expect(await pipelineRefused([full], undefined, ['--window', '45'])).toBe(
      "DIR/p.json: --window: expected at least 46 time steps, the reach of the network's convolutions, found 45",
    );
  });

  it('for an activity without a window to learn from', async () => {
    const message = await pipelineRefused([full], undefined, ['--rate', '20', '--window', '300']);
    expect(message).toMatch(/^labelled people: expected labelled windows of every activity, found a class with no/);
  });

  it('for test people who are not there', async () => {
    expect(await pipelineRefused([full], undefined, [...windows, '--test', 'person-9'])).toMatch(
      /^DATA: --test: expected people of the data folder \(person-01, .*person-06\), found "person-9"/,
    );
  });
});

describe('a model file that cannot be read is refused before anything is read or trained', () => {
  const whole = (): Promise<Uint8Array> => modelBytes({ activities: sorted });
  it.each<[string, () => Promise<Content | undefined>, RegExp]>([
    ['missing', () => Promise.resolve(undefined), /: expected a model's file, found nothing at DIR\/m\.safetensors$/],
    ['empty', () => Promise.resolve(''), /^DIR\/m\.safetensors: header: .*expected at least 8 bytes, found 0$/],
    ['truncated', async () => (await whole()).slice(0, -4), /^DIR\/m\.safetensors: .*expected.*found/],
    ['cut off in its header', async () => (await whole()).slice(0, 100), /^DIR\/m\.safetensors: header: the file is cut short: expected \d+ bytes, found 92$/], // prettier-ignore
    ['no safetensors', () => Promise.resolve('a,b,c\n1,2,3\n'), /^DIR\/m\.safetensors: header: expected .*found .*not safetensors\?$/], // prettier-ignore
    ['of another program', () => Promise.resolve(foreignBytes()), /^DIR\/m\.safetensors: metadata, formatVersion: expected "2", found none: not a model of Gaitway\?$/], // prettier-ignore
    ['not a number', () => modelBytes({ activities: sorted, value: NaN, convolutions: tiny }), /^DIR\/m\.safetensors: tensor "[^"]+": expected finite numbers, found NaN at 0$/m], // prettier-ignore
  ])('%s', async (_, content, message) => {
    const model = await content();
    expect(await pipelineRefused([linear], model)).toMatch(message);
    expect(await studyRefused(transfer, model)).toMatch(message);
  });

  it('a folder', async () => {
    const folder = await folderWith({ 'p.json': { experiment_configs: [linear] } });
    await mkdir(join(folder, 'm.safetensors'));
    expect(await refused(folder, 'train', join(folder, 'p.json'), '--labelled', data)).toBe(
      "DIR/p.json: experiment_configs[0].trained_model_path: expected a model's file, found a folder at DIR/m.safetensors",
    );
  });
});

describe('a model that does not fit is refused before anything is trained', () => {
  const channels = ['gyroX', 'gyroY', 'gyroZ'];
  const place = 'DIR/p.json: experiment_configs[0].trained_model_path: ';

  it('where its channels are others', async () => {
    const message = 'expected a model of the channels x, y, z, found one of gyroX, gyroY, gyroZ';
    expect(await pipelineRefused([linear], await modelBytes({ channels, activities: sorted }))).toBe(place + message);
    const model = await modelBytes({ channels, activities: sorted, convolutions: tiny });
    expect(await studyRefused(transfer, model)).toBe(`DIR/s.json: stages[0].from.model: ${message}`);
  });

  it('where its windows have another length and a step needs its answers', async () => {
    const model = await modelBytes({ window: 80, activities: sorted });
    expect(await pipelineRefused([{ ...linear, type: 'eval_har' }], model)).toBe(
      `${place}expected windows of 64 time steps, found 80`,
    );
  });

  it('where it knows other activities and a step needs its answers', async () => {
    const model = await modelBytes({ activities: ['rowing', 'cycling'] });
    expect(await pipelineRefused([{ ...linear, type: 'self_har' }], model)).toBe(
      `${place}expected the activities ${sorted.join(', ')}, found rowing, cycling`,
    );
  });

  it('where nothing of its core can be taken over', async () => {
    const model = await modelBytes({ activities: sorted, convolutions: tiny });
    expect(await pipelineRefused([linear], model)).toBe(
      `${place}expected a model whose convolutions begin with 32 x 24, 64 x 16, 96 x 8 (filters x time steps), found 8 x 8, 8 x 6, 8 x 4`,
    );
  });
});

describe('a label file that cannot be used is refused before anything is trained', () => {
  const some = 'person,pace\nperson-01,slow\nperson-02,slow\nperson-03,fast\nperson-06,fast\n';
  it.each<[string, Content | undefined, RegExp]>([
    ['not there', undefined, /^DIR\/t\.json: tasks\.pace\.labels\.file: expected a label file, found nothing at DIR\/l\.csv$/], // prettier-ignore
    ['of a value that the task does not know', `${some}person-05,fst\n`, /^DIR\/l\.csv: line 6, column "pace": expected one of "slow", "fast" or \?, found "fst"; did you mean "fast"\?$/], // prettier-ignore
    ['of a person who is not there', `${some}person-77,fast\n`, /^DIR\/l\.csv: line 6, column "person": expected a person of the data folder, found "person-77"$/], // prettier-ignore
    ['of a recording that is not there', 'recording,pace\nann/1.csv,slow\n', /^DIR\/l\.csv: line 2, column "recording": expected a recording of the data folder, found "ann\/1\.csv"$/], // prettier-ignore
    ['without a column of that name', 'person,pce\nperson-01,slow\n', /^DIR\/l\.csv: line 1: expected a column "pace", found the columns person, pce; did you mean "pce"\?$/], // prettier-ignore
    ['of nobody', 'pace\nslow\n', /^DIR\/l\.csv: line 1: expected a column "recording" or a column "person", found the columns pace$/], // prettier-ignore
    ['without a row', 'person,pace\n', /^DIR\/l\.csv: expected a header line and rows below it, found its header only$/], // prettier-ignore
    ['without a label', 'person,pace\nperson-01,?\nperson-02,\n', /^DIR\/l\.csv: expected a row with a label, found none among 2$/], // prettier-ignore
    ['no text', Uint8Array.of(0xff, 0xfe, 0), /^DIR\/l\.csv: expected text in UTF-8, found other bytes$/],
    ['without a class', some.replaceAll('slow', '?'), /^training people: tasks\.pace\.classes\[0\]: expected a window of "slow", found none$/], // prettier-ignore
  ])('%s', async (_, labels, message) => {
    expect(await tasksRefused(labels)).toMatch(message);
  });

  it('for windows that are shorter than its own network reaches', async () => {
    expect(await tasksRefused(some, ['--rate', '20', '--window', '15', '--step', '15'])).toBe(
      "DIR/t.json: --window: expected at least 16 time steps, the reach of the network's convolutions, found 15",
    );
    // 16 are enough for this network, though not for the published one, so the next problem is reported.
    const short = ['--rate', '20', '--window', '16', '--step', '16'];
    expect(await tasksRefused(some.replaceAll('slow', '?'), short)).toMatch(/expected a window of "slow"/);
  });
});

describe('a study that does not fit its data is refused before it begins', () => {
  it('for an activity without a window to learn from', async () => {
    const activities = [...syntheticActivities, 'swimming'];
    const budget = { activities, people: { ...people, labelledWindows: { perClass: 2 } } };
    expect(await studyRefused(budget)).toMatch(/^labelled people: .*found a class with no training window: swimming$/);
  });

  it('for people who are not there', async () => {
    expect(await studyRefused({ people: { ...people, labelled: ['ward-7'] } })).toMatch(
      /^study: people\.labelled\[0\]: expected a person of the data folder \(person-01, .*\), found "ward-7"$/,
    );
  });
});

describe('an experiment that cannot work is refused before a cell runs', () => {
  const minimal = { name: 'tiny', seeds: [1], test: ['person-01'] };
  const pipeline = { tag: 'p', experiment_configs: [{ type: 'har_full_train', eval_har: true }] };

  async function experimentRefused(experiment: object, files: Readonly<Record<string, Content>>): Promise<string> {
    const folder = await folderWith({ ...files, 'e.json': { ...minimal, ...experiment } });
    return refused(folder, 'experiment', join(folder, 'e.json'), '--data', data);
  }

  const study = { methods: { federated: { study: 's.json' } } };
  const central = { methods: { central: { pipeline: 'p.json' } } };

  it('for a study or a pipeline that is not there, or no valid one', async () => {
    expect(await experimentRefused(study, {})).toBe('DIR/s.json: expected a study file, found nothing');
    expect(await experimentRefused(central, {})).toBe('DIR/p.json: expected a pipeline file, found nothing');
    expect(await experimentRefused(study, { 's.json': { ...rest, people, stages: [] } })).toMatch(/^DIR\/s\.json: stages: /); // prettier-ignore
    const wrong = { experiment_configs: [{ type: 'har_linear_train' }] };
    expect(await experimentRefused(central, { 'p.json': wrong })).toMatch(/^DIR\/p\.json: experiment_configs\[0\]\./);
  });

  it('for a model that one of them names and that cannot be read', async () => {
    const files = { 's.json': { ...rest, people, ...transfer }, 'm.safetensors': '' };
    expect(await experimentRefused(study, files)).toMatch(/^DIR\/m\.safetensors: header: the file is cut short/);
    const named = { 'p.json': { experiment_configs: [{ ...linear, eval_har: true }] } };
    expect(await experimentRefused(central, named)).toMatch(
      /trained_model_path: expected a model's file, found nothing/,
    );
  });

  it('for people who are not in the data', async () => {
    const files = { 'p.json': pipeline, 's.json': { ...rest, stages, people: { ...people, test: ['ward-7'] } } };
    const methods = { ...study.methods, ...central.methods };
    const message = await experimentRefused({ methods, test: ['ward-7'] }, files);
    const [federated, trained] = message.split('\n');
    expect(federated).toMatch(/^DATA: methods\.federated: people\.test\[0\]: expected a person of the data folder \(.*\), found "ward-7"$/); // prettier-ignore
    expect(trained).toMatch(/^DATA: methods\.central: --test: expected people of the data folder \(.*\), found "ward-7"$/); // prettier-ignore
  });
});

describe('a folder that is taken is refused before recordings are read', () => {
  const taken = async (...args: readonly string[]): Promise<string | undefined> => {
    const run = await folderWith({ 'result.json': '{}' });
    const failure = await refusalOf(...args, '--run', run);
    expect(failure).toMatchObject({ exitCode: 2 });
    return failure!.message.replaceAll(run, 'RUN');
  };
  const message = 'RUN: expected a new folder, found a finished run: choose another folder';

  it('by every command that writes a run', async () => {
    const task = { kind: 'exclusive', classes: ['a', 'b'], labels: 'activity' };
    const folder = await folderWith({
      's.json': { ...rest, people, stages },
      'p.json': { experiment_configs: [{ type: 'har_full_train' }] },
      't.json': { name: 'tiny', epochs: 1, tasks: { activity: task } },
    });
    expect(await taken('simulate', join(folder, 's.json'), '--data', 'nowhere')).toBe(message);
    expect(await taken('coordinator', join(folder, 's.json'), '--data', 'nowhere', '--port', '0')).toBe(message);
    expect(await taken('train', join(folder, 'p.json'), '--labelled', 'nowhere')).toBe(message);
    expect(await taken('train', join(folder, 't.json'), '--labelled', 'nowhere')).toBe(message);
    expect(await taken('demo', '--data', 'nowhere')).toBe(message);
  });
});

it('a model that cannot be exported is refused before anything is written', async () => {
  const folder = await folderWith({ 'm.safetensors': await modelBytes({ activities: sorted }) });
  const refusal = async (...args: readonly string[]) => {
    const failure = await refusalOf('export', ...args);
    expect(failure).toMatchObject({ exitCode: 2 });
    expect(await readdir(folder)).toEqual(['m.safetensors']);
    return failure!.message.replaceAll(folder, 'DIR');
  };
  const model = join(folder, 'm.safetensors');
  expect(await refusal(model, '--to', 'onnx')).toBe(
    'DIR/m.safetensors: normalisation: expected mean and standard deviation of 3 channels, found 0 and 0',
  );
  expect(await refusal(join(folder, 'absent'), '--to', 'tfjs')).toBe(
    "DIR/absent: expected a model's file, or a run's folder, found nothing",
  );
});
