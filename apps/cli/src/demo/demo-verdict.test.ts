import { createRng, syntheticPeople, type Evaluation } from '@gaitway/core';
import { writeCsvFolder } from '@gaitway/node';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { demoStudy, divideDemoPeople } from './demo-study.js';
import { demoBaseline, renderVerdict } from './demo-verdict.js';

const recordings = syntheticPeople({ people: 6, secondsPerActivity: 12, rateHz: 25 }, createRng(3));
const study = demoStudy({
  seed: 1,
  activities: [...new Set(recordings.map(({ labels }) => labels!.names[0]!))],
  people: divideDemoPeople([...new Set(recordings.map(({ subject }) => subject))]),
});

describe('the verdict of a demo', () => {
  it('has a random forest on the labelled and the test windows', async () => {
    const folder = join(await temporaryFolder(), 'data');
    await writeCsvFolder(folder, recordings);
    const { name, evaluation } = await demoBaseline(study, { folder });
    expect(name).toBe('forest');
    // Two test people, six activities of two windows each.
    expect(evaluation.windows).toBe(2 * 6 * 2);
    expect(evaluation.weightedF1).toBeGreaterThan(0.4);
  });

  const verdict = (teacher: number, student: number, forest: number): string => {
    const evaluation = Object.fromEntries(
      Object.entries({ teacher, student }).map(([stage, weightedF1]) => [stage, { weightedF1 }]),
    );
    const finished = { study, result: { evaluation } } as unknown as Parameters<typeof renderVerdict>[0];
    return renderVerdict(finished, { name: 'forest', evaluation: { weightedF1: forest } as Evaluation });
  };

  it('says how far the final model is above the forest and the teacher', () => {
    expect(verdict(0.81, 0.905, 0.7449).split('\n')).toEqual([
      'Weighted F1: teacher 0.810, final model 0.905; forest on the same labelled people 0.745.',
      'The final model is 16.0 points better than the forest. The final model is 9.5 points better than the teacher.',
    ]);
  });

  it('says plainly where the forest is better', () => {
    expect(verdict(0.7, 0.7, 0.75).split('\n')[1]).toBe(
      'The forest is 5.0 points better than the final model. The final model is as good as the teacher.',
    );
  });
});
