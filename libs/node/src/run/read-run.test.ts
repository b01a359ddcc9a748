import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cutShort, recordRun } from '../testing/recorded-run.js';
import { sampleChoice } from '../testing/sample-choice.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { readRun, readRunSoFar } from './read-run.js';

describe('a run that is not finished', () => {
  it('is read as far as its finished rounds have come, the stage that has begun among them', async () => {
    const folder = await temporaryFolder();
    await recordRun(folder, { until: 4 });
    const { result, rounds, finishedAt, warnings } = await readRunSoFar(folder);
    expect(result.stages).toMatchObject([
      { name: 'teacher', rounds: 1 },
      { name: 'student', rounds: 3, parametersSha256: rounds[3]!.parametersSha256 },
    ]);
    expect(result).toMatchObject({ backend: 'wasm', traffic: { bytesDown: 4000, bytesUp: 3000 } });
    expect(result.evaluation['student']).toEqual(rounds[3]!.evaluation);
    expect(result.clients.map(({ name, rounds: had }) => [name, had])).toEqual([
      ['ada', 3],
      ['ben', 3],
      ['cyd', 2], // it failed in the second round
      ['dot', 0],
    ]);
    expect(result.model).toBeUndefined();
    expect(finishedAt).toBeUndefined();
    expect(warnings).toEqual([]);
    await expect(readRun(folder)).rejects.toThrow('expected a finished run, found no result.json after 4 completed');
  });

  it('has no stage before its first round has ended', async () => {
    const folder = await temporaryFolder();
    await recordRun(folder, { until: 0 });
    expect((await readRunSoFar(folder)).result).toMatchObject({ stages: [], evaluation: {}, clients: [] });
  });

  it('is without rounds that its state does not count, as a kill leaves them, and without half a line', async () => {
    const folder = await temporaryFolder();
    await recordRun(folder, { until: 5 });
    await rm(join(folder, 'state', '5.state'));
    expect((await readRunSoFar(folder)).rounds).toHaveLength(4);
    await cutShort(folder, 'rounds.jsonl');
    expect((await readRunSoFar(folder)).rounds).toHaveLength(4);
  });

  it('tells of a damaged state, and that the one before it is used', async () => {
    const folder = await temporaryFolder();
    await recordRun(folder, { until: 3 });
    await writeFile(join(folder, 'state', '3.state'), 'nothing');
    const { rounds, warnings } = await readRunSoFar(folder);
    expect(rounds).toHaveLength(2);
    expect(warnings).toEqual([expect.stringContaining('the state before it is used')]);
  });

  it('has the choice of its recipe', async () => {
    const folder = await temporaryFolder();
    await recordRun(folder, { until: 1 });
    await writeFile(join(folder, 'choice.json'), JSON.stringify(sampleChoice));
    expect((await readRunSoFar(folder)).result.choice).toEqual(sampleChoice);
  });
});

it('is the same run, once it is finished, by whatever way it is read', async () => {
  const folder = await temporaryFolder();
  await recordRun(folder);
  expect(await readRunSoFar(folder)).toEqual(await readRun(folder));
  expect(JSON.parse(await readFile(join(folder, 'result.json'), 'utf8'))).toEqual((await readRun(folder)).result);
});
