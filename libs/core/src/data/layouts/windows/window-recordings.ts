/** Makes recordings of windows that were cut before: one for each person. */

import { readPersonName } from '../../../names.js';
import { NO_ACTIVITY, type RawRecording } from '../../recording.js';
import { arrayText, plainShape } from '../arrays/named-array.js';
import { namedActivity } from '../csv-samples.js';
import { isMissing } from '../missing-words.js';
import { type FoundArray, refuseArray, windowSamples } from './window-samples.js';
import type { ArrayPlace, WindowsManifest } from './windows-manifest.js';

/**
 * The windows of each person, in the order of the arrays.
 *
 * @param path - The file, for messages.
 * @throws InvalidInput where arrays do not fit each other, and for a window without a person.
 */
export function windowRecordings(
  manifest: WindowsManifest,
  path: string,
  arrayAt: (place: ArrayPlace) => FoundArray,
): readonly RawRecording[] {
  const { windows, channels } = manifest;
  const samplesOf = windowSamples(manifest, arrayAt);
  const person = windows.person;
  const isConstant = typeof person === 'object' && 'constant' in person;
  const subjectOf = isConstant ? (): string => person.constant : textReader(arrayAt(person), samplesOf.count);
  const activityOf =
    windows.activity === undefined ? undefined : textReader(arrayAt(windows.activity), samplesOf.count);
  const bySubject = new Map<string, number[]>();
  for (let window = 0; window < samplesOf.count; window++) {
    const written = subjectOf(window);
    if (isMissing(written)) {
      refuseArray(path, `a person for window ${window + 1}`, written === '' ? 'none' : `"${written}"`);
    }
    const subject = readPersonName(written, path, `window ${window + 1}, the person`);
    const own = bySubject.get(subject) ?? [];
    bySubject.set(subject, own);
    own.push(window);
  }
  return [...bySubject].map(([subject, own]) => {
    const source = bySubject.size > 1 ? `${path}: ${subject}` : path;
    const labels = activityOf && labelsOf(own, (window) => nameOf(activityOf(window), manifest), windows.length);
    const width = Object.keys(channels).length;
    const samples = new Float32Array(own.length * windows.length * width);
    own.forEach((window, place) => {
      samplesOf.write(window, samples.subarray(place * windows.length * width, (place + 1) * windows.length * width));
    });
    return {
      subject,
      source,
      channels: Object.keys(channels),
      samples,
      timing: { seconds: apart(own.length, windows.length, manifest.rateHz) },
      cut: { length: windows.length, rateHz: manifest.rateHz },
      ...(labels && { labels }),
    };
  });
}

function nameOf(written: string, { names }: WindowsManifest): string | undefined {
  return isMissing(written) ? undefined : namedActivity(written, names && { names });
}

function textReader(array: FoundArray, count: number): (window: number) => string {
  const [length, ...inner] = plainShape(array.shape);
  if (length !== count || inner.length > 0) {
    refuseArray(array.source, `one value for each of ${count} windows`, arrayText(array));
  }
  return (window) => String(array.values[window] ?? '').trim();
}

function labelsOf(
  windows: readonly number[],
  activityOf: (window: number) => string | undefined,
  length: number,
): NonNullable<RawRecording['labels']> {
  const names: string[] = [];
  const ofSample = new Uint8Array(windows.length * length);
  windows.forEach((window, place) => {
    const activity = activityOf(window);
    if (activity !== undefined && !names.includes(activity)) {
      names.push(activity);
    }
    const index = activity === undefined ? NO_ACTIVITY : names.indexOf(activity);
    ofSample.fill(index, place * length, (place + 1) * length);
  });
  return { names, ofSample };
}

/** So many seconds, and as many intervals, lie between two windows, so that nothing takes them for one recording. */
const PAUSE = { seconds: 1, intervals: 10 };

function apart(count: number, length: number, rateHz: number): Float64Array {
  const stride = length / rateHz + Math.max(PAUSE.seconds, PAUSE.intervals / rateHz);
  return Float64Array.from({ length: count * length }, (_, index) => {
    return Math.floor(index / length) * stride + (index % length) / rateHz;
  });
}
