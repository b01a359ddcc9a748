import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startMlflow } from '../testing/mlflow-server.js';
import { recordRun } from '../testing/recorded-run.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { trackRun, type TrackOptions } from './track-run.js';

const { signal } = new AbortController();
const once = (options: Partial<TrackOptions>): TrackOptions => ({ follow: false, signal, ...options });

/** The files that TensorBoard finds in a folder, with the number of records of each. */
async function eventFiles(folder: string): Promise<Readonly<Record<string, number>>> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => path.includes('tfevents')).sort();
  const counts = await Promise.all(paths.map(async (path) => [path, recordCount(await readFile(join(folder, path)))]));
  return Object.fromEntries(counts) as Record<string, number>;
}

/** A record is a length of 8 bytes, its checksum of 4, the event, and its checksum of 4. */
function recordCount(bytes: Buffer): number {
  let count = 0;
  for (let place = 0; place < bytes.length; count++) {
    place += 16 + Number(bytes.readBigUInt64LE(place));
  }
  return count;
}

describe('a run for TensorBoard', () => {
  it('is a file for each stage, with a record for each round after the first', async () => {
    const [run, board] = [join(await temporaryFolder(), 'walks'), await temporaryFolder()];
    await recordRun(run);
    expect(await trackRun(run, once({ tensorboard: board }))).toEqual({
      run,
      rounds: 8,
      tensorboard: join(board, 'walks'),
    });
    const name = `events.out.tfevents.${Date.UTC(2026, 2, 5, 18, 4, 10) / 1000}.gaitway`;
    expect(await eventFiles(board)).toEqual({
      [join('walks', 'fine-tune', name)]: 2,
      [join('walks', 'student', name)]: 7,
      [join('walks', 'teacher', name)]: 2,
    });
    const teacher = await readFile(join(board, 'walks', 'teacher', name));
    expect(teacher.includes('test/weighted_f1')).toBe(true);
  });

  it('grows at its end as the run goes on, and stays as it is where there is nothing new', async () => {
    const parent = await temporaryFolder();
    const [run, whole, board, other] = ['run', 'whole/run', 'board', 'other'].map((name) => join(parent, name)) as [string, string, string, string]; // prettier-ignore
    await recordRun(run, { until: 4 });
    await recordRun(whole);
    await trackRun(run, once({ tensorboard: board }));
    const student = join('run', 'student', 'events.out.tfevents.1772733850.gaitway');
    const before = await readFile(join(board, student));
    await trackRun(whole, once({ tensorboard: board }));
    const after = await readFile(join(board, student));
    expect(recordCount(before)).toBe(4);
    expect(recordCount(after)).toBe(7);
    expect(after.subarray(0, before.length).equals(before)).toBe(true);
    await trackRun(whole, once({ tensorboard: board }));
    await trackRun(whole, once({ tensorboard: other }));
    expect(await readFile(join(board, student))).toEqual(after);
    expect(await readFile(join(other, student))).toEqual(after);
    await writeFile(join(other, student), 'something else');
    await trackRun(whole, once({ tensorboard: other }));
    expect(await readFile(join(other, student))).toEqual(after);
  });
});

describe('a run in MLflow', () => {
  it('has its figures by stage and round, its settings, and no name of a person', async () => {
    const run = join(await temporaryFolder(), 'walks');
    await recordRun(run);
    const mlflow = await startMlflow();
    const { mlflow: place } = await trackRun(run, once({ mlflow: `${mlflow.url}/` }));
    expect(place).toEqual({ experimentId: '0', runId: 'run-0', page: `${mlflow.url}/#/experiments/0/runs/run-0` });
    const [stored, ...others] = mlflow.runs;
    expect(others).toEqual([]);
    expect(stored).toMatchObject({ experiment: 'motionsense', name: 'walks', status: 'FINISHED' });
    expect(stored!.startTime).toBe(Date.UTC(2026, 2, 5, 18, 4, 10, 500));
    const f1 = stored!.metrics.filter(({ key }) => key === 'student/test/weighted_f1');
    const lines = (await readFile(join(run, 'rounds.jsonl'), 'utf8')).trimEnd().split('\n');
    const expected = lines.slice(1, 7).map((line) => JSON.parse(line) as { evaluation: { weightedF1: number } });
    expect(f1.map(({ value, step }) => [step, value])).toEqual(
      expected.map(({ evaluation }, place_) => [place_ + 1, evaluation.weightedF1]),
    );
    expect(f1.every(({ timestamp }, index) => index === 0 || timestamp > f1[index - 1]!.timestamp)).toBe(true);
    expect(stored!.params.get('stages.student.rounds')).toBe('6');
    expect(stored!.tags.get('gaitway.backend')).toBe('wasm');
    expect([...stored!.params.keys()].filter((key) => key.startsWith('people'))).toEqual([]);
  });

  it('is recorded once, in however many goes', async () => {
    const parent = await temporaryFolder();
    const [run, whole] = [join(parent, 'run'), join(parent, 'whole', 'run')];
    await recordRun(run, { until: 3 });
    await recordRun(whole);
    const mlflow = await startMlflow();
    await trackRun(run, once({ mlflow: mlflow.url }));
    expect(mlflow.runs).toMatchObject([{ status: 'KILLED' }]);
    await trackRun(run, once({ mlflow: mlflow.url }));
    await trackRun(whole, once({ mlflow: mlflow.url }));
    await trackRun(whole, once({ mlflow: mlflow.url }));
    expect(mlflow.runs).toMatchObject([{ status: 'FINISHED' }]);
    const steps = mlflow.runs[0]!.metrics.map(({ key, step }) => `${key} ${step}`);
    expect(new Set(steps).size).toBe(steps.length);
    expect(mlflow.runs[0]!.metrics.filter(({ key }) => key === 'student/round/seconds')).toHaveLength(6);
    expect(mlflow.runs[0]!.tags.get('gaitway.points')).toBe('8');
  });

  it('goes in batches that MLflow takes', async () => {
    const run = join(await temporaryFolder(), 'long');
    await recordRun(run, { rounds: 150 });
    const mlflow = await startMlflow();
    await trackRun(run, once({ mlflow: mlflow.url }));
    const [stored] = mlflow.runs;
    expect(stored!.batches.length).toBeGreaterThan(1);
    expect(Math.max(...stored!.batches)).toBeLessThanOrEqual(999); // with the tag 1,000
    expect(stored!.metrics.filter(({ key }) => key === 'student/round/seconds').map(({ step }) => step)).toEqual(
      Array.from({ length: 150 }, (_, index) => index + 1),
    );
  });

  it('is refused with the reason of the server, or why there is no answer', async () => {
    const run = join(await temporaryFolder(), 'run');
    await recordRun(run, { until: 1 });
    const mlflow = await startMlflow();
    mlflow.refuse('runs/create');
    await expect(trackRun(run, once({ mlflow: mlflow.url }))).rejects.toThrow(
      `${mlflow.url}, runs/create: the server answered 400 INVALID_PARAMETER_VALUE: no`,
    );
    await expect(trackRun(run, once({ mlflow: 'http://127.0.0.1:1' }))).rejects.toThrow(
      'http://127.0.0.1:1: no answer of an MLflow server: ',
    );
    await expect(trackRun(run, once({ mlflow: 'localhost:5000' }))).rejects.toThrow(
      'expected the address of an MLflow server, such as http://127.0.0.1:5000, found "localhost:5000"',
    );
  });
});

it('needs the run of a study', async () => {
  const folder = await temporaryFolder({ 'pipeline.json': '{}' });
  await expect(trackRun(folder, once({}))).rejects.toThrow('expected the folder of a run of a study');
});
