import { createRng } from '@gaitway/core';
import type { Timer } from '@gaitway/core/internal';
import { expect, it } from 'vitest';
import { jumpingTimer } from './jumping-timer.js';

/** What a timer is set to. */
function settings(seed: number, longest: number): readonly number[] {
  const set: number[] = [];
  const timer: Timer = {
    after: (seconds) => {
      set.push(seconds);
      return () => undefined;
    },
  };
  const jumping = jumpingTimer(timer, createRng(seed), longest);
  for (let index = 0; index < 400; index++) {
    jumping.after(10, () => undefined);
  }
  return set;
}

it('rings at once, early, in time and late, as the seed says', () => {
  const set = settings(5, 3);
  const share = (fits: (seconds: number) => boolean): number => set.filter(fits).length / set.length;
  expect(share((seconds) => seconds === 0)).toBeCloseTo(0.25, 1);
  expect(share((seconds) => seconds > 0 && seconds < 10)).toBeCloseTo(0.25, 1);
  expect(share((seconds) => seconds === 10)).toBeCloseTo(0.25, 1);
  expect(share((seconds) => seconds > 10 && seconds <= 30)).toBeCloseTo(0.25, 1);
  expect(settings(5, 3)).toEqual(set);
});

it('rings what it was given, and can be called off', () => {
  const rung: string[] = [];
  let calledOff = 0;
  const timer: Timer = {
    after: (_, ring) => {
      ring();
      return () => {
        calledOff++;
      };
    },
  };
  jumpingTimer(timer, createRng(1), 2).after(1, () => rung.push('a'))();
  expect({ rung, calledOff }).toEqual({ rung: ['a'], calledOff: 1 });
});

it('takes no longest below the time itself', () => {
  expect(() => jumpingTimer({ after: () => () => undefined }, createRng(1), 0.5)).toThrow(
    'expected a number from 1, found 0.5',
  );
});
