/** What each type of step starts from and what it produces. */

import type { ModelKind, StepType } from './pipeline.js';

export interface StepTraits {
  /** What it requires: any model, or one with an activity head; `nothing`: it can create a new one. */
  readonly needs: 'nothing' | 'a model' | 'an activity head';
  /** The kind of model that it produces; `the same`: it passes on the one it started from. */
  readonly makes: ModelKind | 'the same';
}

export const stepTraits: Readonly<Record<StepType, StepTraits>> = {
  none: { needs: 'nothing', makes: 'the same' },
  eval_har: { needs: 'an activity head', makes: 'the same' },
  transform_train: { needs: 'nothing', makes: 'transform_model' },
  har_full_train: { needs: 'nothing', makes: 'har_model' },
  har_full_fine_tune: { needs: 'a model', makes: 'har_model' },
  har_linear_train: { needs: 'a model', makes: 'har_model' },
  self_training: { needs: 'an activity head', makes: 'har_model' },
  self_har: { needs: 'an activity head', makes: 'transform_with_har_model' },
};

export function hasActivityHead(kind: ModelKind): boolean {
  return kind !== 'transform_model';
}

/**
 * Whether a step takes over parts of the model that it starts from but uses none of its predictions: then a model for
 * other classes or for windows of another length is sufficient.
 */
export function takesPartsOnly(type: StepType): boolean {
  const { needs, makes } = stepTraits[type];
  return needs !== 'an activity head' && makes !== 'the same';
}
