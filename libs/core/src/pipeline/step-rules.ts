/** Rules between the steps of a pipeline: a step that cannot work is refused before training starts. */

import type { Issue } from '../errors.js';
import { formatChoices } from '../input-text.js';
import { publishedModel } from '../model/network-spec.js';
import { cachingIssues, trainableRuleIssues } from '../model/parameters/trainable-rule.js';
import { lossWeightIssues } from '../train/loss-weights/loss-weight-issues.js';
import {
  modelKinds,
  type ModelKind,
  type Pipeline,
  type PipelineStep,
  hasActivityHead,
  stepTraits,
} from './pipeline.js';
import { isTraining, networkFor, recipes } from './recipes.js';

/** A step, its index, and the kinds of model that the steps before it produce. */
interface PlacedStep {
  readonly step: PipelineStep;
  readonly index: number;
  /** Kind of model of each earlier step; undefined for a step without a model. */
  readonly earlier: readonly (ModelKind | undefined)[];
}

/** All issues between the steps of a pipeline in which each step is valid by itself. */
export function stepIssues({ experiment_configs: steps }: Pipeline): readonly Issue[] {
  const earlier: (ModelKind | undefined)[] = [];
  return steps.flatMap((step, index) => {
    const place = { step, index, earlier: [...earlier] };
    earlier.push(resultOf(place));
    return [
      ...parentIssues(place),
      ...storedModelIssues(place),
      ...startIssues(place),
      ...evaluationIssues(place),
      ...learningIssues(step),
    ].map(({ path, message }) => ({ path: `experiment_configs[${index}].${path}`, message }));
  });
}

/** The kind of model that a step starts from. */
function startOf({ step, index, earlier }: PlacedStep): ModelKind | undefined {
  const { previous_config_offset: offset, trained_model_path: file, trained_model_type: kind } = step;
  if (offset > 0) {
    return earlier[index - offset];
  }
  return file !== '' && kind !== '' ? kind : undefined;
}

function resultOf(place: PlacedStep): ModelKind | undefined {
  const { makes } = stepTraits[place.step.type];
  return makes === 'the same' ? startOf(place) : makes;
}

function parentIssues({ step, index, earlier }: PlacedStep): readonly Issue[] {
  const offset = step.previous_config_offset;
  const path = 'previous_config_offset';
  if (offset > index) {
    const message = `expected at most ${index}, the number of steps before this one, found ${offset}`;
    return [{ path, message }];
  }
  if (offset > 0 && earlier[index - offset] === undefined) {
    const found = `${offset}, which leads to experiment_configs[${index - offset}], a step that has none`;
    return [{ path, message: `expected the way back to a step with a model, found ${found}` }];
  }
  return [];
}

/** A stored model is used only if there is no parent. */
function storedModelIssues({ step }: PlacedStep): readonly Issue[] {
  const { previous_config_offset: offset, trained_model_path: file, trained_model_type: kind } = step;
  if (offset > 0 || file === '' || kind !== '') {
    return [];
  }
  const message = `expected ${formatChoices(modelKinds)}, because trained_model_path names a file, found ""`;
  return [{ path: 'trained_model_type', message }];
}

function startIssues(place: PlacedStep): readonly Issue[] {
  const { type, previous_config_offset: offset, trained_model_path: file } = place.step;
  const { needs } = stepTraits[type];
  if (needs === 'nothing') {
    return [];
  }
  if (offset === 0 && file === '') {
    const message = `expected at least 1, or a trained_model_path, because "${type}" begins with a model, found 0`;
    return [{ path: 'previous_config_offset', message }];
  }
  const start = startOf(place);
  if (needs === 'a model' || start === undefined || hasActivityHead(start)) {
    return [];
  }
  const expected = `expected a model with an activity head, because "${type}" predicts activities`;
  return offset > 0
    ? [{ path: 'previous_config_offset', message: `${expected}, found ${offset}, which leads to a "${start}"` }]
    : [{ path: 'trained_model_type', message: `${expected}, found "${start}"` }];
}

function evaluationIssues(place: PlacedStep): readonly Issue[] {
  const { type, eval_har: evaluates } = place.step;
  const result = resultOf(place);
  // For a step that needs a model, `startIssues` reports that it has none.
  if (!evaluates || stepTraits[type].needs !== 'nothing' || (result !== undefined && hasActivityHead(result))) {
    return [];
  }
  const reason = result === undefined ? 'the step has no model' : 'the model of the step has no activity head';
  return [{ path: 'eval_har', message: `expected false, because ${reason}, found true` }];
}

/** Checks that the named parts exist, that cached features would not change, and that the losses can be weighed. */
function learningIssues(step: PipelineStep): readonly Issue[] {
  const { type, trainable, cache_features: caches, loss_weights: weights, epochs } = step;
  if (!isTraining(type)) {
    const saysNothing = trainable === undefined && !caches && weights === undefined;
    return saysNothing ? [] : [{ path: 'type', message: superfluousMessage(type) }];
  }
  const recipe = recipes[type];
  const network = networkFor(recipe, { window: { length: 0, channels: 0 }, activities: [], model: publishedModel });
  const rule = trainable ?? (recipe.learns === 'heads' ? 'heads' : 'all');
  return [
    ...trainableRuleIssues(network, rule, 'trainable'),
    ...(caches ? cachingIssues(network, rule, recipe.transformations, 'cache_features') : []),
    ...lossWeightIssues(weights ?? 'equal', { heads: network.heads.map(({ name }) => name), epochs }, 'loss_weights'),
  ];
}

function superfluousMessage(type: string): string {
  return `expected a step that trains, because it has trainable, cache_features or loss_weights, found "${type}"`;
}
