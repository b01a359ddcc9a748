import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordRun } from '../testing/recorded-run.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { readTrackedRun } from './tracked-run.js';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 2, 5, 18, 4, 9) + 1000 * seconds);

async function begunRun(): Promise<string> {
  const folder = join(await temporaryFolder(), 'run');
  await recordRun(folder, { until: 2 });
  return folder;
}

describe('a tracked run', () => {
  it('has the figures of each round', async () => {
    const { points, finishedAt, name } = await readTrackedRun(await begunRun(), false);
    expect([name, finishedAt]).toEqual(['run', undefined]);
    const [teacher, student] = points;
    expect(teacher).toMatchObject({ series: 'teacher', step: 1 });
    const figures = new Map(student!.scalars.map(({ tag, value }) => [tag, value]));
    // Three clients answer, one abstains; all of them had a loss of 1.2.
    expect(figures.get('loss/training')).toBeCloseTo(1.2, 12);
    expect(figures.get('clients/answered')).toBe(3);
    expect(figures.get('clients/abstained')).toBe(1);
    expect(figures.get('clients/failed')).toBe(0);
    // The second round on the clock that advances by a second and a half for each round and each log entry.
    expect(figures.get('round/seconds')).toBe(3);
    expect([...figures.keys()]).toContain('test/weighted_f1');
    expect([...figures.keys()]).not.toContain('labels/confidence');
  });

  it('has the times of its log', async () => {
    const { startedAt, points } = await readTrackedRun(await begunRun(), false);
    expect([startedAt, ...points.map(({ time }) => time)]).toEqual([at(1.5), at(6), at(9)]);
  });

  it('has about these times where the log lacks a round', async () => {
    const folder = await begunRun();
    const started = { time: at(1.5).toISOString(), event: 'run-started' };
    await writeFile(join(folder, 'events.log'), `${JSON.stringify(started)}\n{"time":"20`);
    const { points } = await readTrackedRun(folder, false);
    expect(points.map(({ time }) => time)).toEqual([at(3), at(6)]);
    // A process that goes on is about to log the last round.
    expect(await readTrackedRun(folder, true)).toMatchObject({ points: [{ series: 'teacher' }], rounds: 1 });
  });

  it('has figures of the baselines and on the people of clients, once it is finished', async () => {
    const folder = join(await temporaryFolder(), 'run');
    await recordRun(folder);
    const { run, finishedAt } = await readTrackedRun(folder, false);
    const [evaluation] = Object.values(run.result.evaluation);
    const result = {
      ...run.result,
      clientEvaluation: { student: evaluation },
      baselines: [{ name: 'forest', evaluation }],
    };
    await writeFile(join(folder, 'result.json'), JSON.stringify(result));
    const last = (await readTrackedRun(folder, false)).points.slice(-2);
    expect(last).toMatchObject([
      { series: 'student', step: 6, time: finishedAt },
      { series: 'baseline/forest', step: 1, time: finishedAt },
    ]);
    expect(last.map(({ scalars }) => scalars[0])).toEqual([
      { tag: 'client_people/weighted_f1', value: evaluation!.weightedF1 },
      { tag: 'test/weighted_f1', value: evaluation!.weightedF1 },
    ]);
  });
});
