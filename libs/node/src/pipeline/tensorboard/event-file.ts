/** A file that TensorBoard can read while it grows. */

import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { scalarRecord, versionRecord, type Scalar } from './event-bytes.js';

export interface EventFile {
  readonly path: string;
  /** Appends values of a step, with a time. */
  append(time: Date, step: number, scalars: readonly Scalar[]): Promise<void>;
}

/** Creates a file in `folder`, which TensorBoard shows as a separate run. */
export async function createEventFile(folder: string, now: Date): Promise<EventFile> {
  // TensorBoard recognises its files by this name, and reads them in the order of the seconds in it.
  const path = join(folder, `events.out.tfevents.${Math.floor(seconds(now))}.gaitway`);
  await mkdir(folder, { recursive: true });
  await appendFile(path, versionRecord(seconds(now)));
  return {
    path,
    append: (time, step, scalars) => appendFile(path, scalarRecord(seconds(time), step, scalars)),
  };
}

function seconds(time: Date): number {
  return time.getTime() / 1000;
}
