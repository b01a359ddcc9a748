import type { RoundReport } from '@gaitway/core';
import { describe, expect, it } from 'vitest';
import { silentClients } from './silent-clients.js';

type Outcome = RoundReport['clients'][number]['outcome'];

function outcomes(round: Readonly<Record<string, Outcome>>): RoundReport['clients'] {
  return Object.entries(round).map(([client, outcome]) => ({ client, outcome }) as RoundReport['clients'][number]);
}

describe('a client that never answers', () => {
  it('has missed too many rounds after the third deadline in a row', () => {
    const silent = silentClients(() => 0);
    expect(silent.note(outcomes({ ann: 'answered', mal: 'late' }))).toEqual([]);
    expect(silent.note(outcomes({ ann: 'late', mal: 'late' }))).toEqual([]);
    expect(silent.note(outcomes({ ann: 'late', mal: 'late' }))).toEqual(['mal']);
    expect([silent.mustRest('ann'), silent.mustRest('mal')]).toEqual([false, true]);
  });

  it.each(['answered', 'abstained', 'failed'] as const)(
    'is another one than a client that has %s meanwhile',
    (outcome) => {
      const silent = silentClients(() => 0);
      const told = ['late', 'late', outcome, 'late', 'late'] as const;
      expect(told.map((each) => silent.note(outcomes({ ann: each })))).toEqual([[], [], [], [], []]);
      expect(silent.note(outcomes({ ann: 'late' }))).toEqual(['ann']);
    },
  );

  it('is not counted in a round that did not wait for it, nor acquitted', () => {
    const silent = silentClients(() => 0);
    const told = ['late', 'surplus', 'late', 'surplus', 'late'] as const;
    expect(told.map((each) => silent.note(outcomes({ mal: each })))).toEqual([[], [], [], [], ['mal']]);
  });

  it('rests for ten minutes and begins anew', () => {
    let now = 0;
    const silent = silentClients(() => now);
    for (let round = 0; round < 3; round++) {
      silent.note(outcomes({ mal: 'late' }));
    }
    now = 599_999;
    expect(silent.mustRest('mal')).toBe(true);
    now = 600_000;
    expect(silent.mustRest('mal')).toBe(false);
    expect(silent.note(outcomes({ mal: 'late' }))).toEqual([]);
  });
});
