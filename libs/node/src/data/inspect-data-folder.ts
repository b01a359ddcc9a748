/** Inspects a data folder by reading all of it, one file at a time. */

import { InvalidInput } from '@gaitway/core';
import { composedName } from '@gaitway/core/internal';
import { byteCounter, type DataFolder, type DataFolderOptions, openDataFolder, readDataFile } from './data-folder.js';
import type { Inspection, InspectionPlan } from './inspection.js';
import type { ReadingProgress } from './progress-text.js';
import type { RecordingFacts } from './recording-facts.js';
import {
  hoursOf,
  summariseActivities,
  summariseGaps,
  summarisePeople,
  summariseRates,
  summariseRest,
} from './summaries.js';
import { type FolderCheck, folderCheck } from './suspects.js';

export interface InspectionOptions extends DataFolderOptions {
  readonly plan: InspectionPlan;
  /** Receives how far the reading is. */
  readonly progress?: (progress: ReadingProgress) => void;
}

/**
 * Reads a folder and summarises its content. A file that cannot be read is listed, and the others are still read.
 *
 * @throws InvalidInput when there is nothing to read: as `openDataFolder` does.
 */
export async function inspectDataFolder(folder: string, options: InspectionOptions): Promise<Inspection> {
  const data = await openDataFolder(folder, options);
  const check = folderCheck(options.plan, data);
  const { all, unreadable } = await readFacts(data, check, options);
  const cut = all.find((facts) => facts.cut)?.cut;
  const labelled = all.flatMap(({ activities }) => [...activities.values()]);
  return {
    folder,
    layout: data.layout.name,
    files: data.files.length,
    otherFiles: data.otherFiles,
    leftAlone: data.leftAlone,
    windowPlan: cut ? { rateHz: cut.rateHz, window: cut.length, step: cut.length } : options.plan,
    ...(cut && { cut }),
    recordings: all.length,
    hours: hoursOf(all.map(({ seconds }) => seconds)),
    labelledHours: hoursOf(labelled),
    windows: all.reduce((sum, { windows }) => sum + windows, 0),
    people: summarisePeople(all),
    activities: summariseActivities(all),
    rates: summariseRates(all),
    gaps: summariseGaps(all),
    rest: summariseRest(all),
    suspects: check.suspects(),
    unreadable,
  };
}

interface Facts {
  readonly all: readonly RecordingFacts[];
  readonly unreadable: Inspection['unreadable'];
}

async function readFacts(
  data: DataFolder,
  check: FolderCheck,
  { people, progress }: InspectionOptions,
): Promise<Facts> {
  const all: RecordingFacts[] = [];
  const unreadable: { path: string; message: string }[] = [];
  const named = people?.map(composedName);
  const onBytes = await byteCounter(data, progress);
  for (const { path } of data.files) {
    try {
      const { recordings, notes } = await readDataFile(data, path, onBytes);
      check.notes(path, notes);
      for (const recording of recordings) {
        if (named?.includes(recording.subject) ?? true) {
          all.push(check.recording(recording));
        }
      }
    } catch (error) {
      if (!(error instanceof InvalidInput)) {
        throw error;
      }
      unreadable.push({ path, message: error.message });
    }
  }
  return { all, unreadable };
}
