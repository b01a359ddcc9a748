/** The type of a layout: how a data set lies in a folder, and how its files become recordings. */

import type { RawRecording } from '../recording.js';
import type { NamedArray } from './arrays/named-array.js';
import type { TableReader } from './csv-table.js';
import type { RecordingAssembler } from './recording-assembler.js';

/** What the path of a file tells before the file is opened. */
export interface PathFacts {
  /** Absent where only the content of the file tells. */
  readonly subject?: string;
  /** Absent where the content tells, or where nothing does. */
  readonly activity?: string;
}

/** Something in a file that was read, but that its owner should know. */
export interface FileNote {
  readonly kind: 'set-aside' | 'missing-label' | 'cut-off' | 'two-devices';
  /** Goes on after the name of the file: `has no line end in its last line: …`. */
  readonly reason: string;
}

/** What a file holds. */
export interface FileContent {
  /** In the order of the file. */
  readonly recordings: readonly RawRecording[];
  readonly notes: readonly FileNote[];
}

/** Reads one file as its bytes come. */
export interface FileReader {
  /** @throws InvalidInput naming file, line and column. */
  push(bytes: Uint8Array): void;
  /** @throws InvalidInput naming file, line and column. */
  end(): FileContent;
}

/** Which files of a folder hold recordings. */
export interface LayoutFiles {
  readonly name: string;
  /** Pattern of its files, for messages: `<activity>_<trial>/sub_<person>.csv`. */
  readonly files: string;
  /** Whether a file belongs to the data set, but holds no recordings that this layout reads. */
  others?(path: string): boolean;
  /**
   * What a path tells, or undefined for a file that does not belong to this layout.
   *
   * @param path - Relative to the data folder, with `/` between its parts.
   * @throws InvalidInput for a path that can be read in two ways.
   */
  recognise(path: string): PathFacts | undefined;
  /**
   * Recordings that the data set knows of, but that are not there, for their owner.
   *
   * @param paths - All files of the folder.
   */
  absent?(paths: readonly string[]): readonly string[];
}

/** A data set that is known by its name. */
export interface PublishedAs {
  readonly name: string;
  /** Paths of files that belong to it, but hold no recordings that are read. */
  readonly others?: RegExp;
}

/** One way to lay out recordings in files, each of which is read by itself. */
export interface Layout extends LayoutFiles {
  /** Begins to read a recognised file. */
  open(path: string): FileReader;
  /**
   * The content of a recognised file of arrays; absent where a layout has no such files.
   *
   * @throws InvalidInput naming the file, and what in it was expected.
   */
  readArrays?(path: string, arrays: readonly NamedArray[]): FileContent;
}

/** A file of rows from which an assembler makes recordings. */
export function tableFile(table: TableReader, assembler: RecordingAssembler): FileReader {
  return {
    push: (bytes) => {
      table.push(bytes);
    },
    end: () => {
      const notes = endNotes(table.end());
      return { recordings: assembler.finish(), notes };
    },
  };
}

/** What is wrong with the end of a file that was cut off; empty for one that ends with a line end. */
export function endNotes(isEnded: boolean): readonly FileNote[] {
  const reason =
    'has no line end in its last line: if it was cut off there, its last number is wrong; end the line, or remove it';
  return isEnded ? [] : [{ kind: 'cut-off', reason }];
}
