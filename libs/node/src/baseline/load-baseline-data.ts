/** Loads from a data folder the windows that the baselines of a study learn from and are tested on. */

import { InvalidInput, type Study } from '@gaitway/core';
import { slideLabelledWindows, type WindowedDataset } from '@gaitway/core/data';
import { prepareCoordinatorData } from '@gaitway/core/study';
import { refuseAbsent } from '../data/data-folder.js';
import { shareWindows } from '../data/shared.js';
import { recordingsByPerson, recordingsOf, type DataSource } from '../study/load-data.js';

export interface BaselineData {
  /** Windows of the labelled people, as the study's coordinator has them. */
  readonly train: WindowedDataset;
  /** Windows of the test people. */
  readonly test: WindowedDataset;
  /** All labelled windows of everybody but the test people; absent where only the labelled people have labels. */
  readonly everybody?: WindowedDataset;
}

/**
 * Reads the recordings of everybody in a folder.
 *
 * @throws InvalidInput for files that cannot be read, people who are missing, and a study that names nobody to learn
 *   from or to test on.
 */
export async function loadBaselineData(study: Study, source: DataSource): Promise<BaselineData> {
  const { labelled, test } = study.people;
  const people = await recordingsByPerson(study.sensors, source);
  refuseAbsent(source.folder, [...test, ...labelled], new Set(people.keys()));
  const { data } = prepareCoordinatorData(study, {
    labelled: recordingsOf(people, labelled),
    test: recordingsOf(people, test),
  });
  if (!data.labelled || !data.test) {
    const path = data.labelled ? 'people.test' : 'people.labelled';
    throw new InvalidInput('study', [{ path, message: 'expected people whose labels baselines need, found none' }]);
  }
  const others = [...people.keys()].filter((person) => !test.includes(person));
  const everybody = slideLabelledWindows(
    recordingsOf(people, others),
    { length: study.sensors.window, step: study.sensors.step },
    study.activities,
  );
  const isLabelled = (recording: number): boolean => labelled.includes(everybody.recordings[recording]?.subject ?? '');
  return {
    train: shareWindows(data.labelled),
    test: shareWindows(data.test),
    ...(!everybody.recordingOf.every(isLabelled) && { everybody: shareWindows(everybody) }),
  };
}
