/** Chooses a study's recipe on the labelled people of a data folder. */

import { chooseRecipe, studyDigest, type FoldReport, type Study } from '@gaitway/core';
import type { BackendName } from '../backend/backend-name.js';
import { loadBackend } from '../backend/load-backend.js';
import type { RecordedChoice } from '../run/choice-file.js';
import type { Reporter } from '../terminal/reporter.js';
import { recordingsByPerson, type DataSource } from './load-data.js';

export interface ChooseStudyOptions {
  readonly source: DataSource;
  /** The fastest that works where it is undefined. */
  readonly backend: BackendName | undefined;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** A study as it runs, and how its recipe was chosen where it left that open. */
export interface StudyOfRun {
  readonly study: Study;
  readonly choice?: RecordedChoice;
}

/**
 * Trains one teacher after the other in this thread. Files of people without labels are not opened where their paths tell.
 *
 * @throws InvalidInput for files that cannot be read and people who are not there; the signal's reason when it aborts
 */
export async function chooseStudy(written: Study, options: ChooseStudyOptions): Promise<Required<StudyOfRun>> {
  const { source, reporter, signal } = options;
  const { name: backend } = await loadBackend(options.backend);
  reporter.status('reading recordings …');
  const { labelled } = written.people;
  const people = await recordingsByPerson(written.sensors, { ...source, people: labelled });
  const recordings = labelled.flatMap((person) => people.get(person) ?? []);
  reporter.line(`Choosing the recipe of study "${written.name}" on the labelled people, backend ${backend}`);
  const started = performance.now();
  const { study, choice } = await chooseRecipe(written, recordings, {
    signal,
    onFold: (report) => {
      reporter.line(foldText(report));
    },
  });
  const seconds = Math.round(performance.now() - started) / 1000;
  return { study, choice: { written: await studyDigest(written), backend, seconds, ...choice } };
}

function foldText({ candidate, fold, folds, figures: { heldOut, weightedF1 } }: FoldReport): string {
  return `${candidate} ${fold}/${folds}: without ${heldOut}, weighted F1 ${weightedF1.toFixed(3)}`;
}
