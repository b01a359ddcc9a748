import { parseStudy } from '@gaitway/core';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Run } from '../run/read-run.js';
import { runFolder } from '../run/run-folder.js';
import { hostile } from '../testing/page-checks.js';
import { sampleRun } from '../testing/sample-run.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { without } from '../testing/without.js';
import { renderModelCard, writeModelCard } from './model-card.js';

const run = sampleRun();

function withStudy(changes: object): Run {
  return { ...run, study: parseStudy({ ...run.study, ...changes }) };
}

describe('the card of a model', () => {
  // One of the nineteen clients never answers.
  it('says what the model takes, from whom it has learned, and how well it does', () => {
    const card = renderModelCard(run);
    expect(card).toMatch(/^# motionsense: the model of the stage fine-tune\n/);
    expect(card).toContain(
      '- Windows of 8 s (400 samples at 50 Hz), one every 4 s, of the channels x, y, z; acceleration in g. Channels are normalised by the mean and the deviation of the labelled people, which the file holds.',
    );
    expect(card).toContain('- Labels of 2 people at the coordinator.');
    expect(card).toMatch(/^- Recordings of 18 clients, which stayed with them: [\d,]+ windows\.$/m);
    expect(card).toContain('On 1,455 windows of 5 people.');
    expect(card).toContain('| Weighted F1 | 0.940 [0.90, 0.97] |');
    expect(card).toContain('In brackets: 95% intervals from 1,000 resamples of the 5 test people.');
    expect(card).toContain('with so few people the intervals are too narrow');
    expect(card).toContain('npx gaitway predict models/fine-tune.safetensors --data recordings');
    expect(card).toContain(', 5 March 2026; study `5f5f');
  });

  it('names no person', () => {
    const card = renderModelCard(withStudy({ people: { test: ['zoe'], labelled: ['yan'] } }));
    expect(card).not.toMatch(/zoe|yan|person-0/);
    expect(card).toContain('- Tested on 1 person.');
  });

  it('names the activity that is recognised worst', () => {
    const { classes } = run.result.evaluation['fine-tune']!;
    const lowest = Math.min(...classes.map(({ f1 }) => f1 ?? 1));
    const worst = classes.find(({ f1 }) => f1 === lowest)!;
    expect(renderModelCard(run)).toContain(
      `- The activity that it recognises worst is ${worst.name}: F1 ${lowest.toFixed(3)}.`,
    );
  });

  it('says what protects people, and where nothing does', () => {
    expect(renderModelCard(run)).toContain('- No privacy budget: nothing bounds what the model reveals');
    expect(renderModelCard(run)).toContain('- In the stage student the coordinator saw the updates of single clients.');
    const privacy = { unit: 'person', epsilon: 7.25, delta: 1e-5, budget: 8, releases: 12 } as const;
    const [teacher, student, fineTune] = run.study.stages;
    const masked = { ...student, secureAggregation: { maximumExamples: 1000, maximumChange: 8 }, coordinatorTakesPart: false, cohort: { target: 'all', minimum: 20, quorum: 20 } }; // prettier-ignore
    const card = renderModelCard({
      ...withStudy({ stages: [teacher, masked, fineTune] }),
      result: { ...run.result, privacy },
    });
    expect(card).toMatch(
      /- Differential privacy of each person among the clients: epsilon 7\.25\d* at delta 0\.00001\./,
    );
    expect(card).toContain(
      '- In the stage student updates were summed under masks: the coordinator saw no single one.',
    );
  });

  it('tells a run without clients, and one that was not evaluated', () => {
    const alone = withStudy({ stages: run.study.stages.slice(0, 1) });
    const model = { path: 'models/teacher.safetensors', sha256: 'c4'.repeat(32) };
    const card = renderModelCard({ ...alone, result: { ...run.result, evaluation: {}, model } });
    expect(card).toContain('- Nothing was learned at clients.');
    expect(card).toContain('This model was not evaluated.');
    expect(card).not.toContain('single clients');
    expect(card).not.toContain('recognises worst');
  });

  it('takes names for text', () => {
    const card = renderModelCard(sampleRun({ name: 'a*b | `c`', activities: [hostile, 'x|y'] }));
    expect(card).toContain('# a\\*b \\| \\`c\\`: the model');
    expect(card).toContain('| x\\|y |');
    expect(card).not.toMatch(/(?<!\\)[<`]script/);
  });

  it('lies beside the model', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'models'));
    const placed = { ...without(run, 'folder'), folder: runFolder(folder) };
    await writeModelCard(placed);
    expect(await readFile(join(folder, 'models', 'fine-tune.md'), 'utf8')).toBe(renderModelCard(placed));
  });
});
