/** Finds people whose sensor was mounted, or whose columns were named, otherwise than everybody else's. */

import type { RawRecording } from '@gaitway/core';
import type { Suspect } from '../inspection.js';
import { grouped } from './grouped.js';

const AXES = ['x', 'y', 'z'];
/** Among fewer people there is no everybody else. */
const FEWEST_PEOPLE = 5;
/** Share of the people, beside one, that agree. */
const AGREEING = 0.9;
/** An axis has gravity where its mean is at least this part of the mean vector. */
const CLEAR = 0.7;

/** The sum of a recording's samples on the axes x, y and z; undefined without such channels. */
export function gravitySum({ channels, samples }: RawRecording): readonly number[] | undefined {
  const places = AXES.map((axis) => channels.indexOf(axis));
  if (places.includes(-1)) {
    return undefined;
  }
  return places.map((place) => {
    let sum = 0;
    for (let at = place; at < samples.length; at += channels.length) {
      sum += samples[at] ?? 0;
    }
    return sum;
  });
}

interface Weighed {
  readonly subject: string;
  readonly source: string;
  readonly gravitySum: readonly number[] | undefined;
}

/**
 * People with gravity on another axis, or in another direction, than nearly everybody else. Where people agree on
 * none, as with phones in pockets, nobody is suspect.
 */
export function gravitySuspects(all: readonly Weighed[]): readonly Suspect[] {
  const people = grouped(all, ({ subject }) => subject);
  const axes = [...people].map(([subject, own]) => ({ subject, source: own[0]?.source ?? '', axis: clearAxis(own) }));
  const counts = new Map<string, number>();
  for (const { axis } of axes) {
    counts.set(axis ?? '', (counts.get(axis ?? '') ?? 0) + 1);
  }
  const [usual, most] = [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), ['', 0]);
  const isUsual = usual !== '' && axes.length >= FEWEST_PEOPLE && most >= AGREEING * (axes.length - 1);
  return axes
    .filter(({ axis }) => isUsual && axis !== undefined && axis !== usual)
    .map(({ subject, source, axis = '' }) => ({
      kind: 'gravity-axis',
      source,
      reason: `is of ${subject}, who has gravity on ${axis}, where ${most} others have it on ${usual}: were axes swapped, or was the sensor worn another way?`,
    }));
}

/** Text such as `-y`; undefined where no axis has most of gravity. */
function clearAxis(own: readonly Weighed[]): string | undefined {
  const total = AXES.map((_, axis) => own.reduce((sum, { gravitySum: added }) => sum + (added?.[axis] ?? 0), 0));
  const length = Math.hypot(...total);
  const axis = total.findIndex((part) => Math.abs(part) >= CLEAR * length && length > 0);
  return axis === -1 ? undefined : `${(total[axis] ?? 0) < 0 ? '-' : ''}${AXES[axis] ?? ''}`;
}
