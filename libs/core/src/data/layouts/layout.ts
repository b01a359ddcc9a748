/** How a data set lies in a folder, and how its files become recordings. */

import type { RawRecording } from '../raw-recording.js';

/** What a path says of a file before it is opened. */
export interface PathFacts {
  /** Absent where only the file's content tells. */
  readonly subject?: string;
  /** Absent where the content tells, or nobody. */
  readonly activity?: string;
}

/** One way to lay out recordings in files. */
export interface Layout {
  readonly name: string;
  /** The files it is made of, for messages: `<activity>_<trial>/sub_<person>.csv`. */
  readonly files: string;
  /**
   * What a path says, or undefined for a file that is none of this layout's.
   *
   * @param path - Relative to the data folder, with `/` between its parts.
   */
  recognise(path: string): PathFacts | undefined;
  /**
   * The recordings of a file that was recognised, in the order of the file.
   *
   * @param text - The whole file.
   * @throws InvalidInput naming file, line and column.
   */
  parse(text: string, path: string): readonly RawRecording[];
}
