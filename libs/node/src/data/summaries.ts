/** Summarises the facts about single recordings for an inspection. */

import { inNaturalOrder } from '@gaitway/core/internal';
import type { ActivitySummary, GapSummary, PersonSummary, RateSummary, RestSummary } from './inspection.js';
import type { RecordingFacts } from './recording-facts.js';

const SECONDS_PER_HOUR = 3600;

export function hoursOf(seconds: readonly number[]): number {
  return seconds.reduce((sum, value) => sum + value, 0) / SECONDS_PER_HOUR;
}

/** Sorted by name; numbers in names are compared as numbers. */
export function summarisePeople(all: readonly RecordingFacts[]): readonly PersonSummary[] {
  const names = inNaturalOrder(new Set(all.map(({ subject }) => subject)));
  return names.map((name) => {
    const own = all.filter(({ subject }) => subject === name);
    return {
      name,
      recordings: own.length,
      hours: hoursOf(own.map(({ seconds }) => seconds)),
      windows: own.reduce((sum, { windows }) => sum + windows, 0),
      activities: inNaturalOrder(new Set(own.flatMap(({ activities }) => [...activities.keys()]))),
    };
  });
}

export function summariseActivities(all: readonly RecordingFacts[]): readonly ActivitySummary[] {
  const names = inNaturalOrder(new Set(all.flatMap(({ activities }) => [...activities.keys()])));
  return names.map((name) => {
    const having = all.filter(({ activities }) => activities.has(name));
    return {
      name,
      hours: hoursOf(having.map(({ activities }) => activities.get(name) ?? 0)),
      people: new Set(having.map(({ subject }) => subject)).size,
    };
  });
}

/** Sorted by the number of recordings, the most frequent rate first. */
export function summariseRates(all: readonly RecordingFacts[]): readonly RateSummary[] {
  const recordings = new Map<number, number>();
  for (const { rateHz } of all) {
    if (rateHz !== undefined) {
      const rounded = Math.round(rateHz * 10) / 10;
      recordings.set(rounded, (recordings.get(rounded) ?? 0) + 1);
    }
  }
  return [...recordings]
    .map(([rateHz, count]) => ({ rateHz, recordings: count }))
    .sort((a, b) => b.recordings - a.recordings || a.rateHz - b.rateHz);
}

export function summariseGaps(all: readonly RecordingFacts[]): GapSummary {
  const gaps = all.flatMap((facts) => facts.gaps);
  return {
    count: gaps.length,
    recordings: all.filter((facts) => facts.gaps.length > 0).length,
    longestSeconds: gaps.reduce((longest, gap) => Math.max(longest, gap), 0),
  };
}

export function summariseRest(all: readonly RecordingFacts[]): RestSummary {
  const rests = all.flatMap(({ rest }) => (rest ? [rest] : []));
  const seconds = rests.reduce((sum, rest) => sum + rest.seconds, 0);
  const magnitudeSum = rests.reduce((sum, rest) => sum + rest.magnitudeSum, 0);
  return { hours: seconds / SECONDS_PER_HOUR, magnitude: seconds > 0 ? magnitudeSum / seconds : null };
}
