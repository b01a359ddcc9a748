/** Writes a manifest for arrays of windows that are already cut, such as X.npy, y.npy and subject.npy. */

import { MANIFEST_FILE, type NamedArray, parseWindowsManifest, type WindowsManifest } from '@gaitway/core/data';
import { arrayReader } from '../containers/array-file.js';
import { type FolderFiles, wholeFile } from '../folder-files.js';
import { unitOfMagnitude } from './infer-columns.js';
import type { InferredManifest } from './infer-manifest.js';
import { answer, type Ask, unitQuestion } from './questions.js';

/** An array, and where a manifest finds it. */
interface Found {
  readonly array: NamedArray;
  readonly place: { readonly file: string; readonly array?: string };
}

const NAMES = { person: /subj|person|user|participant|group|pid/i, activity: /^y|label|activit|class|target/i };
/** A window has more samples than an array has channels. */
const MOST_CHANNELS = 12;

/** The manifest of a folder with one array [window, time, channel]; undefined for another folder. */
export async function inferWindows(
  files: FolderFiles,
  ask: Ask,
): Promise<InferredManifest<WindowsManifest> | undefined> {
  const all = await arraysIn(files);
  const [samples, other] = all.filter(({ array }) => array.shape.length === 3);
  if (!samples || other) {
    return undefined;
  }
  const { count, length, channels, isTimeLast } = axesOf(samples.array.shape);
  const unit = unitOfMagnitude(magnitudes(samples.array, isTimeLast ? length : 1, channels));
  const vectors = all.filter(({ array }) => array.shape[0] === count && array.values.length === count);
  const [person, activity] = [named(vectors, NAMES.person), named(vectors, NAMES.activity)];
  const windows = {
    length,
    samples: samples.place,
    ...(isTimeLast && { axes: 'window, channel, time' }),
    person: await personAt(person, ask),
    ...(activity && { activity: activity.place }),
  };
  const rateHz = Number(await answer(ask, RATE));
  const written = {
    windows,
    rateHz,
    unit: unit?.value ?? (await answer(ask, unitQuestion)),
    channels: { x: 1, y: 2, z: 3 },
  };
  const reasons = [
    `windows: the array [${samples.array.shape.join(', ')}] in ${samples.place.file}, of which ${length} is the longer inner axis`,
    'channels: the first three of it, taken for x, y and z',
    ...[person, activity].flatMap((found) => (found ? [`the array in ${found.place.file} by its name`] : [])),
    ...(unit ? [`unit: ${unit.from}`] : []),
  ];
  return { manifest: parseWindowsManifest(written, MANIFEST_FILE), reasons };
}

interface WindowAxes {
  readonly count: number;
  readonly length: number;
  readonly channels: number;
  /** Whether the axes are window, channel, time. */
  readonly isTimeLast: boolean;
}

function axesOf([count = 0, second = 0, third = 0]: readonly number[]): WindowAxes {
  const isTimeLast = second <= MOST_CHANNELS && third > second;
  return isTimeLast
    ? { count, length: third, channels: second, isTimeLast }
    : { count, length: second, channels: third, isTimeLast };
}

const PERSON = { key: 'person', text: 'No array names the person of each window. Whose windows are these?' } as const;
const RATE = { key: 'rateHz', text: 'How many samples a second do the windows have?' } as const;

async function personAt(found: Found | undefined, ask: Ask): Promise<WindowsManifest['windows']['person']> {
  return found?.place ?? { constant: await answer(ask, PERSON) };
}

function named(vectors: readonly Found[], pattern: RegExp): Found | undefined {
  return vectors.find(({ array, place }) => pattern.test(array.name === '' ? place.file : array.name));
}

async function arraysIn(files: FolderFiles): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const file of files.paths.filter((path) => /\.(npy|npz|mat)$/i.test(path)).slice(0, 20)) {
    const arrays = (await arrayReader(file)?.(await wholeFile(files, file), file)) ?? [];
    found.push(
      ...arrays.map((array) => ({ array, place: arrays.length > 1 ? { file, array: array.name } : { file } })),
    );
  }
  return found;
}

/** Of the first channels, over the first samples of the first window. */
function magnitudes({ values }: NamedArray, stride: number, channels: number): readonly number[] {
  const step = stride === 1 ? channels : 1;
  return Array.from({ length: Math.floor(values.length / channels) }, (_, at) => at)
    .slice(0, stride === 1 ? 2000 : stride)
    .map((at) => Math.hypot(...[0, 1, 2].map((axis) => Number(values[at * step + axis * stride]))));
}
