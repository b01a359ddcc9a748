import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../run/read-run.js';
import { countOf, escapedHostile, faultsOf, hostile, outsideReferences } from '../testing/page-checks.js';
import { recordRun } from '../testing/recorded-run.js';
import { sampleChoice } from '../testing/sample-choice.js';
import { evaluationOf } from '../testing/sample-evaluation.js';
import { peopleNames, sampleRun } from '../testing/sample-run.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { without } from '../testing/without.js';
import { renderReport, rewriteReport, writeReport } from './render-report.js';

function hostileRun(): Run {
  const run = sampleRun({ activities: [hostile, `${hostile} too`], name: hostile }, [hostile, 'ben']);
  const rounds = run.rounds.map((line) => ({
    ...line,
    clients: [...line.clients, { client: hostile, outcome: 'failed' as const, reason: hostile }],
  }));
  const { result } = run;
  return {
    ...run,
    rounds,
    departures: [{ client: hostile, what: 'left', reason: hostile, rounds: new Map([[hostile, [1]]]) }],
    warnings: [hostile],
    startedAt: '2026-03-05T18:04:09.120Z',
    result: {
      ...result,
      choice: { ...sampleChoice, chosen: hostile, weak: hostile },
      backend: hostile,
      gaitway: hostile,
      model: { ...result.model, path: hostile },
    },
  };
}

describe('a report', () => {
  const run = sampleRun();
  const page = renderReport(run);

  it('says in one sentence how far the final model is from its teacher', () => {
    expect(page).toContain(
      'The final model reaches a weighted F1 of 0.940 on 1,455 test windows, 24.4 points above its teacher (0.696).',
    );
  });

  it('says so too when the final model is worse or the same', () => {
    const { teacher, ...rest } = run.result.evaluation as Record<string, Run['result']['evaluation'][string]>;
    const swapped = { ...rest, teacher: rest['fine-tune']!, 'fine-tune': teacher! };
    const equal = { ...rest, teacher: teacher!, 'fine-tune': teacher! };
    const withEvaluation = (evaluation: Run['result']['evaluation']): string =>
      renderReport({ ...run, result: { ...run.result, evaluation } });
    expect(withEvaluation(swapped)).toContain('24.4 points below its teacher (0.940)');
    expect(withEvaluation(equal)).toContain('the same as its teacher (0.696)');
  });

  it('shows how the recipe was chosen, where it was', () => {
    expect(page).not.toContain('Choice of the recipe');
    const chosen = renderReport({ ...run, result: { ...run.result, choice: sampleChoice } });
    const section = chosen.slice(chosen.indexOf('Choice of the recipe'));
    expect(section).toContain('The choice is weak: only 2 has labels.');
    expect(section).toContain('Chosen: plain, in 1 min 5 s.');
    expect(section).toContain('<strong>plain</strong>');
    expect(section).toContain('without 2 (first half)');
    for (const figure of ['0.625', '0.875', '0.750', '0.500', '1.250', 'Temperature 1.750', '0.950']) {
      expect(section).toContain(figure);
    }
  });

  it('shows when, where and with whom the run took place', () => {
    for (const fact of ['5 March 2026, 18:04–18:08 UTC', 'wasm', '3 min 21 s', '687 MB', '5f'.repeat(32)]) {
      expect(page).toContain(fact);
    }
  });

  it('shows the figures of both models to three digits', () => {
    const { teacher, 'fine-tune': final } = run.result.evaluation;
    for (const evaluation of [teacher!, final!]) {
      for (const figure of [evaluation.macroF1, evaluation.kappa!, evaluation.rocAuc!, evaluation.classes[3]!.f1!]) {
        expect(page).toContain(`>${figure.toFixed(3)}<`);
      }
    }
  });

  it('shows how far the main figures may be off, and where that is known from', () => {
    expect(page).toContain('<td class="estimate">0.940 [0.90, 0.97]</td>');
    expect(page).toContain('95% intervals from 1,000 resamples of the 5 test people');
  });

  it('shows the same figures on the people of the clients, where a simulation has them', () => {
    expect(page).not.toContain('people of the clients');
    const names = run.study.activities;
    const onClients = (right: number): Run['result']['evaluation'][string] =>
      evaluationOf([[right, 100 - right], [0, 100]].concat(names.slice(2).map(() => [0, 0])).map((row) => [...row, 0, 0, 0, 0]), names); // prettier-ignore
    const clientEvaluation = { teacher: onClients(50), 'fine-tune': onClients(90) };
    const both = renderReport({ ...run, result: { ...run.result, clientEvaluation } });
    expect(both).toContain('On 200 windows of people of the clients, whose labels no model saw.');
    expect(both).toContain('<td class="number">+20.0</td>');
    expect(both).toContain('On 1,455 test windows.');
    expect(faultsOf(both)).toEqual([]);
  });

  it('shows how well each of the two models is calibrated', () => {
    expect(countOf(page, /Expected calibration error 0\.050; mean confidence 0\.940, accuracy 0\.\d{3}/g)).toBe(2);
    expect(countOf(page, /class="reliability"/g)).toBe(2 * 15);
  });

  it('draws a cell for each pair of activities of each of the two models', () => {
    expect(countOf(page, /class="heat"/g)).toBe(2 * 6 * 6);
  });

  it('says what failed, whom it happened to and why', () => {
    expect(page).toContain('expected at least 3 answers, found 2');
    expect(page).toContain('left during the round');
    expect(page).toContain('the teacher was sure of no window');
  });

  it('names the clients that left for good, with the rounds that they took part in, where there are any', () => {
    expect(page).not.toContain('Clients that left for good');
    const departures = [
      { client: 'ward-3', what: 'revoked', reason: 'its key', rounds: new Map([['student', [1, 2, 3, 7]]]) },
      { client: 'ward-4', what: 'left', reason: 'it broke', rounds: new Map() },
    ] as const;
    const section = renderReport({ ...run, departures });
    expect(section).toContain('<h2>Clients that left for good</h2>');
    expect(section).toMatch(/ward-3.*revoked.*its key.*student 1\u20133, 7/s);
    expect(section).toMatch(/ward-4.*left.*it broke.*no round/s);
    expect(faultsOf(section)).toEqual([]);
  });

  it('needs no script and no network', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(outsideReferences(page)).toEqual([]);
  });

  it('is well formed, with captions, scopes and unique ids', () => {
    expect(faultsOf(page)).toEqual([]);
  });

  it('escapes every name that comes from a file', () => {
    const dirty = renderReport(hostileRun());
    expect(outsideReferences(dirty)).toEqual([]);
    expect(faultsOf(dirty)).toEqual([]);
    expect(dirty).toContain(escapedHostile);
  });

  it('draws the twenty clients with the most windows and lists all of them', () => {
    const many = sampleRun({ rounds: 8 }, peopleNames(250));
    const large = renderReport(many);
    expect(countOf(large, /class="bar"/g)).toBe(20);
    expect(countOf(large, /<th scope="row">person-\d{3}<\/th>\s*<td class="number">/g)).toBe(250);
    expect(large.length).toBeLessThan(1_000_000);
  });

  it('shows a dash where a class has no test window', () => {
    const names = run.study.activities;
    const confusion = names.map((_, row) => names.map((__, column) => (row === column && row > 0 ? 10 : 0)));
    const evaluation = { ...run.result.evaluation, 'fine-tune': evaluationOf(confusion, names) };
    const partial = renderReport({ ...run, result: { ...run.result, evaluation } });
    expect(partial).toMatch(/<th scope="row">downstairs<\/th>.*?<td class="number">–<\/td>/s);
    expect(partial).not.toMatch(/NaN|undefined|null<|Infinity/);
  });

  it('leaves out what a study does not have', () => {
    const bare = renderReport({
      ...run,
      rounds: run.rounds.map((line) => without(line, 'evaluation')),
      result: { ...run.result, evaluation: {}, clients: [] },
    });
    expect(bare).toContain('No model of this study tells activities apart');
    expect(bare).not.toMatch(/<h2>(Confusion|Calibration|Activities|Accepted windows|Over the rounds)/);
    expect(faultsOf(bare)).toEqual([]);
  });

  it('does not know when a run without a log took place, and shows what could not be read', () => {
    const timeless = without(run, 'startedAt', 'finishedAt');
    const unknown = renderReport({ ...timeless, warnings: ['rounds.jsonl, line 9: cut short'] });
    expect(unknown).toContain('<dd>not known</dd>');
    expect(unknown).toContain('<li>rounds.jsonl, line 9: cut short</li>');
  });
});

describe('writeReport', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });

  it("puts the report of a recorded run into the run's folder", async () => {
    await recordRun(folder);
    const run = await writeReport(folder);
    const page = await readFile(join(folder, 'report.html'), 'utf8');
    expect(run.folder.report).toBe(join(folder, 'report.html'));
    expect(page).toContain('<h1>motionsense</h1>');
    expect(page).toContain('5 March 2026, 18:04');
    expect(page).toContain(run.result.model.sha256);
  });

  it('writes the same bytes again, whatever has become of the first report', async () => {
    await recordRun(folder);
    await writeReport(folder);
    const written = await readFile(join(folder, 'report.html'));
    await writeFile(join(folder, 'report.html'), 'spoiled');
    await rewriteReport(folder);
    expect((await readFile(join(folder, 'report.html'))).equals(written)).toBe(true);
  });

  it('shows how far a run has come that was interrupted', async () => {
    await recordRun(folder, { until: 4 });
    await expect(writeReport(folder)).rejects.toThrow('expected a finished run');
    await rewriteReport(folder);
    const page = await readFile(join(folder, 'report.html'), 'utf8');
    expect(page).toContain('This page shows it after round 3 of 6 of stage &quot;student&quot;.');
    expect(page).toMatch(/The latest model reaches a weighted F1 of 0\.\d{3} on/);
    expect(page).toContain('<h2>Teacher and latest model</h2>');
    expect(page).not.toMatch(/final model/i);
    expect(faultsOf(page)).toEqual([]);
  });

  it('shows a run none of whose rounds has ended', async () => {
    await recordRun(folder, { until: 0 });
    await rewriteReport(folder);
    const page = await readFile(join(folder, 'report.html'), 'utf8');
    expect(page).toContain('None of its rounds has ended.');
    expect(page).toContain('No model was evaluated so far.');
    expect(faultsOf(page)).toEqual([]);
  });

  it('writes nothing for a folder without a run', async () => {
    await expect(writeReport(folder)).rejects.toThrow('found no study.json');
  });
});
