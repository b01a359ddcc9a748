import { InvalidInput } from '@gaitway/core';
import { describe, expect, test } from 'vitest';
import type { Suspect } from './inspection.js';
import { progressText } from './progress-text.js';
import { dataCheck } from './tell-suspects.js';

const stuck: Suspect = { kind: 'stuck', source: 'ann.csv', reason: 'repeats one row' };

/** A teller, and what it was told. */
function listener(): { readonly told: string[]; warn(text: string): void; status(text: string): void } {
  const told: string[] = [];
  const tell = (text: string): void => {
    told.push(text);
  };
  return { told, warn: tell, status: tell };
}

describe('suspects', () => {
  test('are told once, however often a folder is read', () => {
    const ear = listener();
    const { tell } = dataCheck({}, ear);
    tell([stuck], 'data');
    tell([stuck, { ...stuck, source: 'bob.csv' }], 'data');
    tell([], 'data');
    expect(ear.told).toEqual([
      'look at, in data\n  ann.csv repeats one row',
      'look at, in data\n  bob.csv repeats one row',
    ]);
  });

  test('are refused where a command is strict', () => {
    const { tell } = dataCheck({ strict: true }, listener());
    expect(() => {
      tell([], 'data');
    }).not.toThrow();
    expect(() => {
      tell([stuck], 'data');
    }).toThrow(InvalidInput);
    expect(() => {
      tell([stuck], 'data');
    }).toThrow('data: ann.csv: repeats one row\ndata: expected nothing suspect (--strict)');
  });
});

test('progress has a rate and the remaining time after a second, and is not told too often', () => {
  const ear = listener();
  let seconds = 100;
  const progress = progressText(
    (text) => {
      ear.status(text);
    },
    () => seconds,
  );
  for (const [time, read] of [
    [100, 0],
    [100.1, 1e6],
    [100.5, 5e6],
    [102, 40e6],
  ] as const) {
    seconds = time;
    progress({ read, all: 100e6 });
  }
  expect(ear.told).toEqual([
    'reading recordings: 0 of 100 MB',
    'reading recordings: 5 of 100 MB',
    'reading recordings: 40 of 100 MB, 20 MB/s, 3 s left',
  ]);
});
