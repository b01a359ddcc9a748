/** Reads the recordings of a folder, one file at a time. */

import type { RawRecording } from '@gaitway/core';
import { type DataFolderOptions, openDataFolder, readDataFile, refuseAbsent } from './data-folder.js';

/**
 * Reads a folder file by file, sorted by path; at most one file is in memory. Files of other people are not opened if
 * their paths tell whose they are.
 *
 * @example
 * for await (const recording of readDataFolder('data', { people: ['1', '6'] })) { … }
 * @throws InvalidInput as `openDataFolder` and `readDataFile` do, and, once everything is read, when there was no
 *   recording of one of the people.
 */
export async function* readDataFolder(folder: string, options: DataFolderOptions = {}): AsyncGenerator<RawRecording> {
  const data = await openDataFolder(folder, options);
  const present = new Set<string>();
  for (const { path } of data.files) {
    for (const recording of await readDataFile(data, path)) {
      present.add(recording.subject);
      if (options.people?.includes(recording.subject) ?? true) {
        yield recording;
      }
    }
  }
  refuseAbsent(folder, options.people ?? [], present);
}
