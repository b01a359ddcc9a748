/** The study that runs in a folder: as it was written, or with the recipe that is chosen before the run begins. */

import { InvalidInput, resolvedStudy, type Study } from '@gaitway/core';
import type { BackendName } from '../backend/backend-name.js';
import { readChoice, writeChoice } from '../run/choice-file.js';
import { backendForRun } from '../run/interrupted-run.js';
import { runFolder } from '../run/run-folder.js';
import { chooseStudy, type ChooseStudyOptions, type StudyOfRun } from './choose-study.js';

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
