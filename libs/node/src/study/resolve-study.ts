/** The study that runs in a folder: as it was written, or with the recipe that is chosen before the run begins. */

import { InvalidInput, type Study, studyDigest } from '@gaitway/core';
import { chooseRecipe, type FoldReport, resolvedStudy } from '@gaitway/core/choose';
import type { BackendName } from '../backend/backend-name.js';
import { loadBackend } from '../backend/load-backend.js';
import { readChoice, type RecordedChoice, writeChoice } from '../run/choice-file.js';
import { backendForRun } from '../run/open-run-folder.js';
import { runFolder } from '../run/run-folder.js';
import type { Reporter } from '../terminal/reporter.js';
import { type DataSource, recordingsByPerson } from './load-data.js';

export interface ResolveOptions extends ChooseStudyOptions {
  /** Of the run. */
  readonly folder: string;
}

/**
 * The study of a run, with the backend that it should have. A recipe that was chosen in the folder stays; else it is
 * chosen now and put there. A process that is killed meanwhile leaves nothing, and the next one begins again.
 *
 * @throws InvalidInput when the folder holds another run, or the recipe of another study; what `chooseStudy` throws
 */
export async function resolveStudy(
  written: Study,
  options: ResolveOptions,
): Promise<StudyOfRun & { readonly backend: BackendName | undefined }> {
  const { folder, reporter } = options;
  const backend = await backendOfRun(folder, written, options.backend);
  const known = await studyOfRun(folder, written);
  if (known) {
    return { ...known, backend };
  }
  const chosen = await chooseStudy(written, { ...options, backend });
  await writeChoice(runFolder(folder), chosen.choice);
  reporter.line(choiceText(chosen));
  return { ...chosen, backend: chosen.choice.backend };
}

/**
 * The study as it runs in a folder; undefined as long as its recipe is not chosen.
 *
 * @throws InvalidInput when the folder holds the recipe of another study.
 */
export async function studyOfRun(folder: string, written: Study): Promise<StudyOfRun | undefined> {
  const choice = await readChoice(runFolder(folder), written);
  if (choice) {
    return { study: resolvedStudy(written, choice), choice };
  }
  return written.choose ? undefined : { study: written };
}

/**
 * The backend that a run should have: the one with which it began, or its recipe was chosen; else any that is asked for.
 *
 * @throws InvalidInput when another is asked for, or another run is in the folder.
 */
export async function backendOfRun(
  folder: string,
  written: Study,
  requested: BackendName | undefined,
): Promise<BackendName | undefined> {
  const known = await studyOfRun(folder, written);
  const chosenWith = known?.choice?.backend;
  if (requested !== undefined && chosenWith !== undefined && requested !== chosenWith) {
    const message = `expected backend ${chosenWith}, with which the recipe in this folder was chosen, found backend ${requested}: choose another folder`;
    throw new InvalidInput(folder, [{ path: '', message }]);
  }
  return backendForRun(folder, known?.study ?? written, requested ?? chosenWith);
}

function choiceText({ choice: { chosen, seconds, weak } }: Required<StudyOfRun>): string {
  return `Chosen: ${chosen}, in ${seconds.toFixed(0)} s${weak === undefined ? '' : ` (${weak})`}`;
}

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
