/**
 * Writes a run for TensorBoard: a file of events for each series, which it shows as a run of its own. The files follow
 * from the run alone, so they can be written again at any time, and grow while TensorBoard reads them.
 */

import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../files/atomic-write.js';
import { eventFileName, scalarRecord, versionRecord } from '../files/event-bytes.js';
import { refuseOtherThanFile } from '../files/read-file.js';
import type { TrackedPoint, TrackedRun } from './tracked-run.js';

/**
 * Brings the files of a run up to date. What is there already is kept where it is the beginning of what should be.
 *
 * @param folder - Folder of `tensorboard --logdir`, in which the run gets a folder of its own.
 * @returns The folder of the run.
 * @throws InvalidInput when there is something else than a file in the place of one.
 */
export async function writeForTensorBoard(folder: string, tracked: TrackedRun): Promise<string> {
  const place = join(folder, tracked.name);
  for (const series of new Set(tracked.points.map((point) => point.series))) {
    const points = tracked.points.filter((point) => point.series === series);
    const path = join(place, series, eventFileName(tracked.startedAt));
    await mkdir(join(place, series), { recursive: true });
    await bringUpToDate(path, eventsOf(tracked.startedAt, points));
  }
  return place;
}

function eventsOf(startedAt: Date, points: readonly TrackedPoint[]): Buffer {
  const records = points.map(({ time, step, scalars }) => scalarRecord(secondsOf(time), step, scalars));
  return Buffer.concat([versionRecord(secondsOf(startedAt)), ...records]);
}

function secondsOf(time: Date): number {
  return time.getTime() / 1000;
}

/** Appends what is missing, because TensorBoard goes on from where it has read to; anything else is replaced. */
async function bringUpToDate(path: string, content: Buffer): Promise<void> {
  await refuseOtherThanFile(path, 'a file of events');
  const before = await readFile(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  });
  if (before && content.subarray(0, before.length).equals(before)) {
    await appendFile(path, content.subarray(before.length));
  } else {
    await writeFileAtomically(path, content);
  }
}
