import type { PersonFigures } from '@gaitway/core';
import { describe, expect, it } from 'vitest';
import { finishedCells, sampleExperiment } from '../testing/sample-experiment.js';
import { faultsOf } from '../testing/page-checks.js';
import { without } from '../testing/without.js';
import type { CellOutcome } from './cells/cells.js';
import { experimentResults } from './figures/experiment-results.js';
import { experimentSummary } from './figures/experiment-summary.js';
import type { Experiment } from './experiment.js';
import { renderExperiment } from './render-experiment.js';

const countOf = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

const digest = '5f'.repeat(32);
const reference = [
  { name: 'central', windowsPerClass: 50, weightedF1: 0.92 },
  { name: 'central', windowsPerClass: 5, weightedF1: 0.82 },
  { name: 'others', windowsPerClass: 10, weightedF1: 0.7 },
];
const experiment: Experiment = { ...sampleExperiment, reference };
// selfhar and central at 10, at 100 with seed 1, then the same with seed 2.
const f1 = [0.5, 0.25, 0.75, 0.5, 0.7, 0.35, 0.85, 0.4];
const outcomes = finishedCells(experiment, (index) => ({ weightedF1: f1[index]!, macroF1: 0.5, accuracy: 1 }));
const page = rendered(experiment, outcomes);

const folder = { table: 'run/table.csv', page: 'run/experiment.html' } as Parameters<typeof experimentSummary>[1];

function rendered(of: Experiment, what: readonly CellOutcome[]): string {
  return renderExperiment(experimentResults(of, digest, what));
}

describe("an experiment's page", () => {
  it('draws a line for each method with a mark and an interval at each budget', () => {
    expect(page).toContain('<title>selfhar, 10 windows per class: 0.600 [0.50, 0.70]</title>');
    expect(page).toContain('<title>central, 100 windows per class: 0.450 [0.40, 0.50]</title>');
    expect(page).toContain('selfhar: 0.600 at 10, 0.800 at 100; central: 0.300 at 10, 0.450 at 100.');
    const [, curve = ''] = /<svg class="chart"[^>]*low-label[^>]*>([^]*?)<\/svg>/.exec(page) ?? [];
    expect(countOf(curve, /<g stroke="#/g)).toBe(2);
    expect(countOf(curve, /d="M[\d.]+ [\d.]+V[\d.]+"/g)).toBe(4);
  });

  it('places budgets by their logarithm', () => {
    const tick = (budget: number): number => {
      const [, x] = new RegExp(`<text x="([\\d.]+)"[^>]*text-anchor="middle">${budget}</text>`).exec(page) ?? [];
      return Number(x);
    };
    // From 5 to 50 is as far as from 10 to 100.
    expect(tick(50) - tick(5)).toBeCloseTo(tick(100) - tick(10), 1);
  });

  it('draws published figures dashed, in the colour of the method of that name', () => {
    const dashed = [...page.matchAll(/<path class="line" stroke="([^"]+)" stroke-dasharray="5 4" d="([^"]+)"/g)];
    expect(dashed.map(([, colour]) => colour)).toEqual(['#e69f00', 'var(--soft)']);
    expect(countOf(dashed[0]![2]!, /[ML]/g)).toBe(2);
    expect(page).toContain('<title>central, published, 50 windows per class: 0.920</title>');
    expect(page).toContain('central, published</li>');
  });

  it('draws a bar for each method and budget', () => {
    expect(countOf(page, /<g class="bar">/g)).toBe(4);
    expect(page).toContain('>10 labelled windows per class<');
    expect(page).toContain('>100 labelled windows per class<');
  });

  it('has bars and tables but no curve where labels are not cut', () => {
    const whole = without({ ...experiment, reference: [] }, 'windowsPerClass') as Experiment;
    const figures = { weightedF1: 0.5, macroF1: 0.5, accuracy: 0.5 };
    const bare = rendered(
      whole,
      finishedCells(whole, () => figures),
    );
    expect(bare).not.toContain('Low-label curve');
    expect(countOf(bare, /<g class="bar">/g)).toBe(2);
  });

  it('sets methods against each other, on the test people and on those of the clients', () => {
    const person = (name: string, right: number): PersonFigures => ({ name, windows: 20, confusion: [[right, 10 - right], [10 - right, right]] }); // prettier-ignore
    const paired = finishedCells(experiment, (index) => {
      // selfhar is right in 9 of 10 windows, central in 8.
      const people = ['1', '6'].map((name) => person(name, index % 2 === 0 ? 9 : 8));
      const figures = { weightedF1: f1[index]!, macroF1: 0.5, accuracy: 1, people };
      return { ...figures, clients: { weightedF1: 0.25, people: people.slice(0, 1) } };
    });
    const written = rendered(experiment, paired);
    expect(written).toContain('<td class="number">+0.100 [+0.100, +0.100]</td>');
    expect(written).toContain('<td class="number">50% [50%, 50%]</td>');
    expect(written).toMatch(/clients&#39; people<\/td>\s*<td class="number">1<\/td>/);
    expect(faultsOf(written)).toEqual([]);
    const lines = experimentSummary(experimentResults(experiment, digest, paired), folder).split('\n');
    expect(lines).toContain('selfhar, 10 per class    0.500         0.250');
    expect(lines).toContain(
      'selfhar against central, 10 per class    +0.100 [+0.100, +0.100]   50% [50%, 50%]   +0.100            50%',
    );
    expect(page).toMatch(/<td class="text">test people<\/td>\s*<td class="number">–<\/td>/);
  });

  it('says which cells failed and why, and shows nothing but that when all did', () => {
    const failures = outcomes.map(({ cell, method }): CellOutcome => ({
      kind: 'failed',
      cell,
      method,
      reason: 'exit code 3: no',
    }));
    const mixed = rendered(experiment, [failures[0]!, ...outcomes.slice(1)]);
    expect(mixed).toContain('7 of 8 cells finished.');
    expect(mixed).toContain('<li>selfhar-w10-seed1: exit code 3: no</li>');
    const lost = rendered(experiment, failures);
    expect(lost).toContain('8 cells failed');
    expect(lost).not.toContain('<svg');
  });

  it('escapes what came from files, and loads nothing', () => {
    const hostile = '"><script>alert(1)</script>';
    const named = { ...experiment, reference: [{ name: hostile, windowsPerClass: 10, weightedF1: 0.7 }] };
    const { cell, method } = outcomes[0]!;
    const failed: CellOutcome = { kind: 'failed', cell, method, reason: hostile };
    const written = rendered(named, [failed, ...outcomes.slice(1)]);
    expect(written).not.toContain('<script');
    expect(written).toContain("default-src 'none'");
    expect(written).not.toMatch(/(href|src)=/);
  });
});

describe("an experiment's summary", () => {
  const summaryOf = (what: readonly CellOutcome[]): string =>
    experimentSummary(experimentResults(experiment, digest, what), folder);

  it('is a row for each method and a column for each budget', () => {
    expect(summaryOf(outcomes).split('\n')).toEqual([
      '          10 per class         100 per class',
      'selfhar   0.600 [0.50, 0.70]   0.800 [0.75, 0.85]',
      'central   0.300 [0.25, 0.35]   0.450 [0.40, 0.50]',
      '',
      'weighted F1, mean of 2 seeds; intervals from the lowest cell to the highest',
      '',
      'weighted F1              lowest cell',
      'selfhar, 10 per class    0.500',
      'central, 10 per class    0.250',
      'selfhar, 100 per class   0.750',
      'central, 100 per class   0.400',
      '',
      '                                         test people   error removed',
      'selfhar against central, 10 per class    –             –',
      'selfhar against central, 100 per class   –             –',
      '',
      'differences of weighted F1, and the share of the error (1 - weighted F1) that is gone; 95% intervals by resampling people',
      '',
      'Table: run/table.csv',
      'Page: run/experiment.html',
    ]);
  });

  it('has a dash where no cell is finished', () => {
    expect(summaryOf(outcomes.slice(0, 1))).toContain('central   –');
    expect(summaryOf([])).toMatch(/^No cell is finished\./);
  });
});
