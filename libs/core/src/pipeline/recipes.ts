/** How each type of step trains: its network, its windows, what it starts from and which parts learn. */

import { transformationNames, type TransformationName } from '../augment/transformation.js';
import type { ModelPlan, HeadSpec, NetworkSpec } from '../model/network-spec.js';
import type { WindowShape } from '../data/windows.js';
import type { StepType } from './pipeline.js';

export type TrainingType = Exclude<StepType, 'none' | 'eval_har'>;

export interface Recipe {
  readonly heads: readonly ('activity' | 'linear' | 'transformations')[];
  /**
   * - `labelled`: the labelled windows, validated on those that were held back.
   * - `all`: unlabelled and labelled windows, without labels; a part of them is held back.
   * - `selected`: those of `all` about which the parent is confident, with its labels; a part of them is held back.
   */
  readonly windows: 'labelled' | 'all' | 'selected';
  readonly transformations: readonly TransformationName[];
  /** Which of the parent's parts the network starts from. */
  readonly keeps: 'nothing' | 'core' | 'core and heads';
  /** `top`: all but the first two convolutions, unless the option `fineTune` is `all`. */
  readonly learns: 'all' | 'top' | 'heads';
}

const noTransformations: readonly TransformationName[] = [];

/** The recipes of the table of steps in docs/pipelines.md. */
export const recipes: Readonly<Record<TrainingType, Recipe>> = {
  transform_train: {
    heads: ['transformations'],
    windows: 'all',
    transformations: transformationNames,
    keeps: 'core and heads',
    learns: 'all',
  },
  har_full_train: {
    heads: ['activity'],
    windows: 'labelled',
    transformations: noTransformations,
    keeps: 'core and heads',
    learns: 'all',
  },
  har_full_fine_tune: {
    heads: ['activity'],
    windows: 'labelled',
    transformations: noTransformations,
    keeps: 'core and heads',
    learns: 'top',
  },
  har_linear_train: {
    heads: ['linear'],
    windows: 'labelled',
    transformations: noTransformations,
    keeps: 'core',
    learns: 'heads',
  },
  self_training: {
    heads: ['activity'],
    windows: 'selected',
    transformations: noTransformations,
    keeps: 'nothing',
    learns: 'all',
  },
  self_har: {
    heads: ['activity', 'transformations'],
    windows: 'selected',
    transformations: transformationNames,
    keeps: 'nothing',
    learns: 'all',
  },
};

export function isTraining(type: StepType): type is TrainingType {
  return type in recipes;
}

export interface NetworkChoice {
  readonly window: WindowShape;
  readonly activities: readonly string[];
  readonly model: ModelPlan;
}

/** The network that a recipe trains. */
export function networkFor(
  { heads, transformations }: Recipe,
  { window, activities, model }: NetworkChoice,
): NetworkSpec {
  const { headUnits, ...core } = model;
  const activityHead = (hiddenUnits: number): HeadSpec => ({
    name: 'activity',
    kind: 'exclusive',
    outputs: activities,
    hiddenUnits,
  });
  const head: Readonly<Record<Recipe['heads'][number], HeadSpec>> = {
    activity: activityHead(headUnits.activity),
    linear: activityHead(0),
    transformations: {
      name: 'transformations',
      kind: 'independent',
      outputs: transformations,
      hiddenUnits: headUnits.transformation,
    },
  };
  return { window, ...core, heads: heads.map((name) => head[name]) };
}
