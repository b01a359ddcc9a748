import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../run/run-result.js';
import { sampleMethod } from '../../testing/sample-experiment.js';
import { sampleRun } from '../../testing/sample-run.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import type { Cell } from './cells.js';
import type { Method, StudyMethod } from '../experiment.js';
import { readCell, writeCellSeconds } from './read-cell.js';
import { without } from '../../testing/without.js';

const { result } = sampleRun();
const { teacher, 'fine-tune': final } = result.evaluation;

/** The outcomes of methods that share a run. */
async function outcomesOf(
  written: RunResult,
  ...methods: readonly Partial<StudyMethod>[]
): Promise<readonly unknown[]> {
  const folder = join(await temporaryFolder(), 'cell');
  await mkdir(folder);
  await writeFile(join(folder, 'result.json'), JSON.stringify(written));
  await writeCellSeconds(folder, 5);
  const [first, ...others] = methods.map((method): Method => ({ ...(sampleMethod as StudyMethod), ...method }));
  const cell: Cell = { id: 'cell', methods: [first!, ...others], seed: 1 };
  const outcomes = await readCell(cell, folder);
  return outcomes.map((outcome) => (outcome.kind === 'finished' ? outcome.figures : outcome.reason));
}

describe('a finished cell', () => {
  it('has the figures of the last evaluated stage, and of each stage that a method names', async () => {
    const [last, named] = await outcomesOf(result, {}, { stage: 'teacher' });
    expect(last).toMatchObject({ weightedF1: final!.weightedF1, macroF1: final!.macroF1, accuracy: final!.accuracy });
    expect(named).toMatchObject({ weightedF1: teacher!.weightedF1 });
    expect(last).not.toHaveProperty('people');
    expect(last).not.toHaveProperty('clients');
  });

  it("has figures of people, and on the clients' people, where the run has them", async () => {
    const people = [{ name: '1', windows: 1, confusion: final!.confusion }];
    const evaluation = { ...result.evaluation, 'fine-tune': { ...final!, people } };
    const clientEvaluation = { teacher: { ...teacher!, people }, 'fine-tune': teacher! };
    const [last, named] = await outcomesOf({ ...result, evaluation, clientEvaluation }, {}, { stage: 'teacher' });
    expect(last).toMatchObject({ people, clients: { weightedF1: teacher!.weightedF1 } });
    expect(named).toMatchObject({ clients: { weightedF1: teacher!.weightedF1, people } });
  });

  it('has the figures of a baseline', async () => {
    const baselines = [{ name: 'forest', evaluation: teacher! }];
    const [forest] = await outcomesOf({ ...result, baselines }, { baseline: 'forest' });
    expect(forest).toMatchObject({ weightedF1: teacher!.weightedF1 });
  });

  it('fails a method whose figures the run does not have, and says what it has', async () => {
    const baselines = [{ name: 'forest', evaluation: teacher! }];
    const wanted = [{ stage: 'pretrain' }, { baseline: 'rocket' }, {}];
    expect(await outcomesOf({ ...result, baselines }, ...wanted)).toEqual([
      'result.json: expected figures of stage "pretrain", found those of teacher, student, fine-tune',
      'result.json: expected a baseline "rocket", found forest',
      expect.objectContaining({ weightedF1: final!.weightedF1 }),
    ]);
    expect(await outcomesOf(without(result, 'baselines'), { baseline: 'forest' })).toEqual([
      'result.json: expected a baseline "forest", found none',
    ]);
  });
});
