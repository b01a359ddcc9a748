/** The type of a layout: how a data set lies in a folder, and how its files become recordings. */

import type { RawRecording } from '../recording.js';

/** What the path of a file tells before the file is opened. */
export interface PathFacts {
  /** Absent where only the content of the file tells. */
  readonly subject?: string;
  /** Absent where the content tells, or where nothing does. */
  readonly activity?: string;
}

/** One way to lay out recordings in files. */
export interface Layout {
  readonly name: string;
  /** Pattern of its files, for messages: `<activity>_<trial>/sub_<person>.csv`. */
  readonly files: string;
  /**
   * What a path tells, or undefined for a file that does not belong to this layout.
   *
   * @param path - Relative to the data folder, with `/` between its parts.
   */
  recognise(path: string): PathFacts | undefined;
  /**
   * The recordings of a recognised file, in the order of the file.
   *
   * @param text - The whole content of the file.
   * @throws InvalidInput naming file, line and column.
   */
  parse(text: string, path: string): readonly RawRecording[];
}
