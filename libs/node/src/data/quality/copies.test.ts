import { createRng, type RawRecording, syntheticPeople } from '@gaitway/core';
import { describe, expect, test } from 'vitest';
import { copyFinder } from './copies.js';

const people = [...syntheticPeople({ people: 6, secondsPerActivity: 30, rateHz: 50 }, createRng(3))];

function rows(raw: RawRecording, from: number, to: number): RawRecording {
  return { ...raw, samples: raw.samples.slice(3 * from, 3 * to) };
}

/** What is told of the last recording after all others. */
function told(...all: readonly RawRecording[]): readonly string[] {
  const finder = copyFinder();
  return all.flatMap((raw, index) => finder.see(raw, String(index)).map(({ kind, reason }) => `${kind}: ${reason}`));
}

function rounded(raw: RawRecording): RawRecording {
  return { ...raw, samples: raw.samples.map((value) => Math.round(value * 1000) / 1000) };
}

const renamed = (raw: RawRecording): RawRecording => ({ ...raw, subject: 'somebody else', source: 'copy.csv' });

describe('recordings with the same motion', () => {
  test.each(people.slice(0, 12).map((raw) => [raw.labels?.names[0] ?? '', raw] as const))(
    'are found: %s, rounded to three decimals, under another name',
    (_, raw) => {
      const [reason, ...others] = told(raw, renamed(rounded(raw)));
      expect(others).toEqual([]);
      expect(reason).toMatch(/^overlap: repeats at least \d+ s of .* of .*: one person would be on both sides/);
    },
  );

  test.each(people.slice(0, 12).map((raw) => [raw.labels?.names[0] ?? '', raw] as const))(
    'are found where they overlap by 11 s, shifted: %s',
    (_, raw) => {
      const reasons = told(rows(raw, 0, 900), renamed(rows(raw, 350, 1500)));
      expect(reasons).toHaveLength(1);
    },
  );

  test('are told by the same digest alone', () => {
    const [raw] = people;
    const finder = copyFinder();
    expect(finder.see(raw!, 'a')).toEqual([]);
    expect(finder.see({ ...raw!, source: 'again.csv' }, 'a')).toMatchObject([
      { kind: 'duplicate', source: 'again.csv' },
    ]);
  });
});

test('different recordings of 36 are not taken for copies: 630 pairs', () => {
  expect(told(...people)).toEqual([]);
});

test('halves of one recording are not taken for copies of each other', () => {
  const raw = people[0]!;
  expect(told(rows(raw, 0, 750), rows(raw, 750, 1500))).toEqual([]);
});
