import { describe, expect, it } from 'vitest';
import { countOf, faultsOf } from '../../testing/page-checks.js';
import { peopleRun, person } from '../../testing/people-run.js';
import { sampleRun } from '../../testing/sample-run.js';
import type { RoundLine } from '../../run/round-line.js';
import { comparisonOf } from '../comparison.js';
import { labelsSection } from './labels.js';
import { peopleSection } from './people.js';
import { timeSection } from './time.js';

const run = sampleRun({ rounds: 6 });

describe('the table of test people', () => {
  it('has the figures of each person by both models', () => {
    const { models } = peopleRun('run', [person('ann', 9, 1), person('ben', 6, 4)]);
    const before = peopleRun('run', [person('ann', 5, 5)]).models!.final.evaluation;
    const page = peopleSection({ ...models!, teacher: { stage: 'teacher', evaluation: before } }).safe;
    const cells = (name: string): readonly string[] =>
      [...new RegExp(`>${name}</th>(.*?)</tr>`, 's').exec(page)![1]!.matchAll(/>([^<>]+)<\/td>/g)].map(
        ([, text]) => text!,
      );
    expect(cells('ann')).toEqual(['20', '0.500', '0.500', '0.900', '0.900', '+40.0']);
    expect(cells('ben')).toEqual(['20', '–', '–', '0.600', '0.600', '–']);
  });

  it('is left out where single people are not known', () => {
    expect(peopleSection(comparisonOf(run)!).safe).toBe('');
  });
});

describe('labels over the rounds', () => {
  it('are drawn for a stage with a teacher, and listed round by round', () => {
    const page = labelsSection(run.study, run.rounds).safe;
    expect(page).toContain('How sure and how right the labels are is not known: clients do not tell.');
    expect(countOf(page, /<svg class="chart"/g)).toBe(2);
    expect(countOf(page, /<path class="line"/g)).toBe(1); // the accepted share
    expect(countOf(page, /<th scope="row">\d<\/th>/g)).toBe(6);
    expect(faultsOf(page)).toEqual([]);
  });

  it('show confidence and right labels where a simulation has them', () => {
    const rounds = run.rounds.map((line): RoundLine => ({ ...line, clients: line.clients.map(measured) }));
    const page = labelsSection(run.study, rounds).safe;
    expect(countOf(page, /<path class="line"/g)).toBe(3);
    expect(page).toContain('<title>right, round 6: 0.750</title>');
    expect(page).toContain('<title>confidence, round 6: 0.875</title>');
    expect(faultsOf(page)).toEqual([]);
  });

  it('are left out where there is no teacher', () => {
    const study = { ...run.study, stages: run.study.stages.slice(0, 1) };
    expect(labelsSection(study, run.rounds).safe).toBe('');
  });
});

/** The same outcome, with three of four labels right. */
function measured(entry: RoundLine['clients'][number]): RoundLine['clients'][number] {
  return entry.outcome === 'answered' && entry.summary
    ? { ...entry, summary: { ...entry.summary, labels: { confidence: 0.875, known: 4, right: 3 } } }
    : entry;
}

describe('the table of times', () => {
  it('divides the time of each stage, and says what came before and after', () => {
    const rounds = run.rounds.slice(0, 3).map((line): RoundLine => {
      return { ...line, seconds: 10, phases: { waiting: 1, training: 6.5, evaluation: 2 } };
    });
    const times = { startedAt: '2026-03-05T18:00:00.000Z', finishedAt: '2026-03-05T18:01:30.000Z' };
    const page = timeSection({ ...run, rounds, ...times }).safe;
    const cells = ['2.0 s (10%)', '13 s (65%)', '4.0 s (20%)', '1.0 s (5%)', '20 s'];
    expect(page).toMatch(
      new RegExp(`student</th>.*${cells.map((cell) => cell.replace(/[()]/g, '\\$&')).join('.*')}`, 's'),
    );
    expect(page).toContain('Outside of the rounds: 1 min 0 s, for baselines');
    expect(faultsOf(page)).toEqual([]);
  });

  it('is left out of runs that did not measure it', () => {
    expect(timeSection(run).safe).toBe('');
  });
});
