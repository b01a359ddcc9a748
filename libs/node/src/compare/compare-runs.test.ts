import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countOf, escapedHostile, faultsOf, hostile, outsideReferences } from '../testing/page-checks.js';
import { peopleRun, person } from '../testing/people-run.js';
import { recordRun } from '../testing/recorded-run.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { comparisonDocument, comparisonText } from './comparison-text.js';
import { renderComparison } from './render-comparison.js';
import { compareRuns } from './compare-runs.js';
import { differencesOf, reservationsOf, type RunComparison } from './run-differences.js';

const runs = [
  peopleRun('first', [person('ann', 5, 5), person('ben', 4, 6)]),
  peopleRun('better', [person('ann', 9, 1), person('ben', 6, 4)]),
];
const settings = [{ path: 'stages.student.rounds', values: ['6', null] }];
const comparison: RunComparison = { runs, settings, differences: differencesOf(runs), reservations: [] };

describe('the page of a comparison', () => {
  const page = renderComparison(comparison);

  it('says first how far the runs are apart, on whom, and whether that may be chance', () => {
    expect(page).toContain(
      'The weighted F1 of better is 30.0 points above that of first on the 2 test people of both.',
    );
    const close = [runs[0]!, peopleRun('close', [person('ann', 6, 4), person('ben', 3, 7)])];
    expect(renderComparison({ ...comparison, runs: close, differences: differencesOf(close) })).toContain(
      'is 0.0 points above that of first on the 2 test people of both; who was tested may explain that.',
    );
  });

  it('shows figures, paired differences, each person and the settings side by side', () => {
    expect(page).toMatch(/Weighted F1<\/th>\s*<td class="estimate">0\.450 .*<td class="estimate">0\.750 /s);
    expect(page).toContain('<td class="estimate">+0.300 [+0.200, +0.400]</td>');
    expect(page).toMatch(
      /<th scope="row">ann<\/th>\s*<td class="number">0\.500<\/td>\s*<td class="number">0\.900<\/td>/,
    );
    expect(page).toMatch(/stages\.student\.rounds<\/th>\s*<td class="text">6<\/td>\s*<td class="text">–<\/td>/);
  });

  it('draws a line for each run in each stage', () => {
    const curves = page.slice(page.indexOf('id="curves-title"'), page.indexOf('<h2>Stages</h2>'));
    expect(countOf(curves, /<path class="line" stroke/g)).toBe(2 * 3);
  });

  it('is well formed, needs no network, and escapes every name', () => {
    expect(faultsOf(page)).toEqual([]);
    const hostiles = [peopleRun(hostile, [person(hostile, 1, 1)]), peopleRun('other', [person('b', 1, 1)])];
    const dirty = renderComparison({
      runs: hostiles,
      settings: [{ path: hostile, values: [hostile, hostile] }],
      differences: differencesOf(hostiles),
      reservations: reservationsOf(hostiles),
    });
    expect(dirty).toContain(escapedHostile);
    expect(dirty).toContain('were not tested on the same people.');
    expect(dirty).toContain('Compare with care');
    expect(outsideReferences(dirty)).toEqual([]);
    expect(faultsOf(dirty)).toEqual([]);
  });
});

describe('comparing folders', () => {
  it('writes a page and reads runs that are not finished', async () => {
    const parent = await temporaryFolder();
    await recordRun(join(parent, 'whole'));
    await recordRun(join(parent, 'begun'), { until: 3, rounds: 8, name: 'longer' });
    const page = join(parent, 'page.html');
    const found = await compareRuns([join(parent, 'whole'), join(parent, 'begun')], page);
    expect(await readFile(page, 'utf8')).toBe(renderComparison(found));
    expect(found.settings).toEqual([
      { path: 'name', values: ['motionsense', 'longer'] },
      { path: 'stages.student.rounds', values: ['6', '8'] },
    ]);
    expect(found.reservations).toContainEqual(expect.stringContaining('begun is not finished'));
    expect(comparisonDocument(found).runs).toMatchObject([
      { label: 'whole', isFinished: true, stage: 'fine-tune' },
      { label: 'begun', isFinished: false, stage: 'student' },
    ]);
    expect(comparisonText(found)).toMatch(/stages\.student\.rounds +6 +8\n/);
  });

  it('names runs by their paths where their folders have the same name', async () => {
    const parent = await temporaryFolder();
    const paths = ['a', 'b'].map((name) => join(parent, name, 'run'));
    await Promise.all(paths.map((path) => recordRun(path, { until: 1 })));
    expect((await compareRuns(paths)).runs.map(({ label }) => label)).toEqual(paths);
  });

  it('refuses a single run, one run twice, other activities and folders without a run, and writes nothing', async () => {
    const parent = await temporaryFolder();
    const [run, other] = [join(parent, 'run'), join(parent, 'other')];
    await recordRun(run, { until: 1 });
    await recordRun(other, { until: 1, activities: ['sitting', 'walking'] });
    const page = join(parent, 'page.html');
    await expect(compareRuns([run], page)).rejects.toThrow('expected the folders of at least two runs, found 1');
    await expect(compareRuns([run, `${run}/`], page)).rejects.toThrow('expected each run once, found it twice');
    await expect(compareRuns([run, other], page)).rejects.toThrow(
      `${other}: activities: expected the activities of run (downstairs, jogging, sitting, standing, upstairs, walking), found sitting, walking`,
    );
    await expect(compareRuns([run, parent], page)).rejects.toThrow('found no study.json');
    expect((await readdir(parent)).sort()).toEqual(['other', 'run']);
  });
});
