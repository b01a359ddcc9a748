/** The stored models that the stages of a study start from. */

import {
  InvalidInput,
  NEWEST,
  type Issue,
  type Stage,
  type StoredModels,
  type Study,
  type TrainedModel,
} from '@gaitway/core';
import { readModelBeside } from '../run/read-model-beside.js';

/**
 * Reads the models; their paths are relative to the study's file. They may know other activities than the study: their
 * activity head then stays behind.
 *
 * @throws InvalidInput for a file that cannot be read, a model of other channels, and one that does not know the study's
 *   activities where the newest model labels windows from the first round on
 */
export async function readStudyModels(study: Study, studyFile: string): Promise<StoredModels> {
  const models = new Map<string, TrainedModel>();
  for (const [index, stage] of study.stages.entries()) {
    if (typeof stage.from === 'string') {
      continue;
    }
    const { model } = stage.from;
    const place = `stages[${index}].from.model`;
    const { parameters, metadata } = await readModelBeside(studyFile, model, place);
    const read = { network: metadata.network, parameters };
    const issues = modelIssues(study, stage, read).map((message) => ({ path: place, message }) satisfies Issue);
    if (issues.length > 0) {
      throw new InvalidInput(studyFile, issues);
    }
    models.set(model, read);
  }
  return models;
}

function modelIssues({ sensors, activities }: Study, { teacher }: Stage, { network }: TrainedModel): readonly string[] {
  const channels = sensors.channels.length;
  const known = network.heads.find(({ name }) => name === 'activity')?.outputs ?? [];
  return [
    ...(network.window.channels === channels
      ? []
      : [`expected a model of ${channels} channels, found one of ${network.window.channels}`]),
    ...(teacher !== NEWEST || known.join() === activities.join()
      ? []
      : [
          `expected a model that knows ${activities.join(', ')}, because it labels windows, found ${known.join(', ') || 'none'}`,
        ]),
  ];
}
