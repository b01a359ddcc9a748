/** Files that look like data, but that no layout reads: a person's recordings may be among them. */

import type { LayoutFiles } from '@gaitway/core/data';

/** A file or folder that is not read. */
export interface LeftAlone {
  /** Relative to the data folder, with `/` between its parts. */
  readonly path: string;
  /** Why it is not read, and what can be done. */
  readonly why: string;
}

/** Endings of files in which recordings are kept, whether Gaitway can read them or not. */
const DATA_ENDINGS: ReadonlySet<string> = new Set(
  `csv tsv tab txt dat data asc json ndjson jsonl npy npz mat parquet feather arrow arff h5 hdf5 hdf pkl pickle rds
  rdata sqlite db xls xlsx ods xml edf cwa gt3x bin wav log`.split(/\s+/),
);

/** Endings of packed files and archives. */
const PACKED = /\.(gz|zip|tar|tgz|bz2|xz|7z|rar|zst)$/i;

/** Ending of a copy, or of a file that is being written. */
const UNFINISHED = /(~|[._-](bak|backup|old|orig|tmp|temp|part|partial|crdownload|download))$/i;

/** Names of files that describe data. */
const ABOUT = /^(readme|licen[cs]e|copying|changes|changelog|notes?|citation|source|index|manifest|report)\b/i;

/**
 * Those of the paths that look like data.
 *
 * @param paths - Of the files that the layout does not read.
 */
export function looksLikeData(paths: readonly string[], layout: LayoutFiles): readonly LeftAlone[] {
  return paths
    .filter((path) => !layout.others?.(path) && isData(path))
    .map((path) => ({ path, why: whyNot(path, layout) }));
}

function isData(path: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  const ending = /\.([^.]+)$/.exec(name.replace(UNFINISHED, '').replace(PACKED, ''))?.[1];
  // A file without an ending may be anything, and data sets have such files.
  const mayBeData = ending === undefined || DATA_ENDINGS.has(ending.toLowerCase());
  return !ABOUT.test(name) && (PACKED.test(name) || mayBeData);
}

function whyNot(path: string, layout: LayoutFiles): string {
  const isPacked = PACKED.test(path);
  const advice = isPacked
    ? 'unpack them, or name the packed files'
    : 'if they are recordings, let the pattern match them';
  return `looks like data, but is no file ${layout.files}; ${advice}, and remove what is none`;
}
