import { InvalidInput, parseStudy } from '@gaitway/core';
import { describe, expect, it } from 'vitest';
import { loadSimulation } from '../study/load-data.js';
import { temporaryFolder } from '../testing/temporary-folder.js';

const study = parseStudy({
  name: 'small',
  activities: ['sitting', 'walking'],
  sensors: { channels: ['x'], rateHz: 10, window: 2, step: 2 },
  model: { convolutions: [{ filters: 1, kernel: 1 }] },
  people: { test: ['ann'], labelled: ['ben'], clients: 'rest' },
  stages: 'supervised',
});
const manifest = `
path: '{person}/{activity}.csv'
time: { column: time, unit: s }
unit: g
channels: { x: acc }
`;
const good = 'time,acc\n0,0.1\n0.1,0.2\n';

/** The reason why a simulation cannot be loaded when this file is in its folder, beside valid ones. */
async function messageWith(path: string, content: string): Promise<string> {
  const folder = await temporaryFolder({
    'gaitway.yaml': manifest,
    'ann/walking.csv': good,
    'ben/sitting.csv': good,
    'cem/sitting.csv': good,
    [path]: content,
  });
  const error: unknown = await loadSimulation(study, { folder }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InvalidInput);
  return (error as InvalidInput).message;
}

describe('a recording is refused, with where, what was expected and what was found,', () => {
  it.each([
    [
      'without a column',
      'time,ac\n0,0.1\n',
      'ben/walking.csv: line 1: expected a column "acc", found the columns time, ac; did you mean "ac"?',
    ],
    [
      'with text for a number',
      'time,acc\n0,0.1\n0.1,high\n',
      'ben/walking.csv: line 3, column "acc": expected a number, found "high" (to leave out such rows, write onBadRow: gap in gaitway.yaml)',
    ],
    [
      'with NaN for a number',
      'time,acc\n0,0.1\n0.1,NaN\n',
      'ben/walking.csv: line 3, column "acc": expected a number, found "NaN" (to leave out such rows, write onBadRow: gap in gaitway.yaml)',
    ],
    [
      'with a time before the last one',
      'time,acc\n5,0.1\n4.5,0.2\n',
      'ben/walking.csv: line 3, column "time": expected a later time than in the row before, found a step back by 0.5 s (to read such rows, write unordered: sort in gaitway.yaml)',
    ],
  ])('%s', async (_, content, message) => {
    expect(await messageWith('ben/walking.csv', content)).toBe(message);
  });

  it('with an activity that the study does not know', async () => {
    expect(await messageWith('ben/wlking.csv', good)).toBe(
      'activities: ben/wlking.csv: expected one of sitting, walking; found "wlking"; did you mean "walking"?',
    );
  });
});
