/** The stored models that the stages of a study start from. */

import { InvalidInput, NEWEST, type Issue, type Stage, type Study } from '@gaitway/core';
import type { ModelMetadata } from '@gaitway/core/classifier';
import type { StoredModels } from '@gaitway/core/engine';
import type { TrainedModel } from '@gaitway/core/model';
import { readModelBeside } from '../models/model-file.js';
import { channelProblems, coreProblems } from '../models/model-problems.js';

/**
 * Reads the models; their paths are relative to the study's file. They may know other activities than the study: their
 * activity head then stays behind. Their windows may have another length.
 *
 * @throws InvalidInput for a file that cannot be read, a model of other channels or of another first convolution, and
 *   one that is not the study's in core and activity head where it labels windows from the first round on
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
    const issues = modelProblems(study, stage, metadata).map((message): Issue => ({ path: place, message }));
    if (issues.length > 0) {
      throw new InvalidInput(studyFile, issues);
    }
    models.set(model, { network: metadata.network, parameters });
  }
  return models;
}

function modelProblems(
  { sensors, activities, model }: Study,
  { teacher }: Stage,
  metadata: ModelMetadata,
): readonly string[] {
  const labels = teacher === NEWEST || typeof teacher === 'object';
  return [
    ...channelProblems(metadata, sensors),
    ...coreProblems(metadata, labels ? model.convolutions : model.convolutions.slice(0, 1)),
    ...(labels ? headProblems(metadata, activities, model.headUnits.activity) : []),
  ];
}

/** The newest model labels windows from the first round on, so the head must not stay behind. */
function headProblems(
  { network }: ModelMetadata,
  activities: readonly string[],
  hiddenUnits: number,
): readonly string[] {
  const head = network.heads.find(({ name }) => name === 'activity');
  const known = head?.outputs ?? [];
  if (known.join() !== activities.join()) {
    const found = known.join(', ') || 'none';
    return [`expected a model that knows ${activities.join(', ')}, because it labels windows, found ${found}`];
  }
  if (network.sharedHidden) {
    return [
      'expected an activity head of its own, because it labels windows, found one on a hidden layer that tasks share',
    ];
  }
  return head?.hiddenUnits === hiddenUnits
    ? []
    : [
        `expected an activity head of ${hiddenUnits} hidden units, because it labels windows, found one of ${head?.hiddenUnits ?? 0}`,
      ];
}
