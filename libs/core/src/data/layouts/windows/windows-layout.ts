/** Windows that are already cut: arrays of samples, activities and people in files that are read together. */

import { arrayNamed, arrayText, type NamedArray } from '../arrays/named-array.js';
import type { FileContent, LayoutFiles, PathFacts, PublishedAs } from '../layout.js';
import { windowRecordings } from './window-recordings.js';
import { type FoundArray, refuseArray } from './window-samples.js';
import { type ArrayPlace, fileOf, type WindowsManifest } from './windows-manifest.js';

/** A layout whose recordings lie in several files that are read together. */
export interface WindowsLayout extends LayoutFiles {
  /** All files that belong to a recognised one, itself among them. */
  together(path: string): readonly string[];
  /**
   * The windows of these files: one recording for each person.
   *
   * @param arrays - The arrays in each of the files.
   * @throws InvalidInput naming the file and the shape that was expected, or the person or activity.
   */
  read(path: string, arrays: ReadonlyMap<string, readonly NamedArray[]>): FileContent;
}

/**
 * The layout of the windows that a manifest describes.
 *
 * @param published - Of a data set that is known by its name: the name, and its other files.
 */
export function windowsLayout(manifest: WindowsManifest, published?: PublishedAs): WindowsLayout {
  const { windows, channels } = manifest;
  const sets = windows.sets ?? [''];
  const person = typeof windows.person === 'object' && 'constant' in windows.person ? [] : [windows.person];
  const samples =
    windows.samples === undefined ? Object.values(channels).filter((at) => typeof at !== 'number') : [windows.samples];
  const places = [...samples, ...person, ...(windows.activity === undefined ? [] : [windows.activity])];
  const files = [...new Set(places.map(fileOf))];
  const [main = ''] = files;
  /** The set that a path belongs to as this file, and the folder in front of it. */
  const matched = (path: string, file: string): { readonly folder: string; readonly set: string } | undefined =>
    sets.flatMap((set) => {
      const folder = folderBefore(path, filled(file, set));
      return folder === undefined ? [] : [{ folder, set }];
    })[0];
  const pathOf = (file: string, { folder, set }: { readonly folder: string; readonly set: string }): string =>
    folder + filled(file, set).replace(/^\*\*\//, '');
  return {
    name: published?.name ?? 'windows',
    files: `${main} and those beside it`,
    others: (path) => published?.others?.test(path) ?? files.some((file) => matched(path, file)),
    recognise: (path): PathFacts | undefined => (matched(path, main) ? {} : undefined),
    together: (path) => {
      const at = matched(path, main);
      return at ? files.map((file) => pathOf(file, at)) : [];
    },
    read: (path, arrays) => {
      const at = matched(path, main) ?? { folder: '', set: '' };
      const arrayAt = (place: ArrayPlace): FoundArray => {
        const source = pathOf(fileOf(place), at);
        const { array, column } = typeof place === 'string' ? {} : place;
        const found = arrayNamed(arrays.get(source) ?? [], array, source);
        return { ...(column === undefined ? found : columnOf(found, column, source)), source };
      };
      return { recordings: windowRecordings(manifest, path, arrayAt), notes: [] };
    },
  };
}

function filled(file: string, set: string): string {
  return file.replaceAll('{set}', set);
}

/** What stands in front of a file in a path: nothing, or any folders where the file begins with a star for them. */
function folderBefore(path: string, file: string): string | undefined {
  const own = file.replace(/^\*\*\//, '');
  const folder = path.endsWith(own) ? path.slice(0, path.length - own.length) : undefined;
  const isAnywhere = own !== file && folder?.endsWith('/');
  return folder === '' || isAnywhere ? folder : undefined;
}

function columnOf(array: NamedArray, column: number, source: string): NamedArray {
  const [rows = 0, width = 1] = array.shape;
  if (array.shape.length !== 2 || column > width) {
    refuseArray(source, `an array with a column ${column}`, arrayText(array));
  }
  const values = Array.from({ length: rows }, (_, row) => array.values[row * width + column - 1] ?? 0);
  return { name: array.name, shape: [rows], values: values as readonly string[] | readonly number[] };
}
