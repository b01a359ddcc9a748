/**
 * Several yes-or-no questions on one hidden layer, with one output a binary label: logistic losses (Bishop 2006,
 * section 5.2), averaged over all the answers.
 */

import { logistic, meanOverAnswers, sigmoid } from '../heads/answer-losses.js';
import type { HeadKindTraits } from './head-kind-traits.js';

export const multiLabel: HeadKindTraits<'multi-label', 'yes-or-no'> = {
  kind: 'multi-label',
  targets: 'yes-or-no',
  inTaskFiles: true,
  loss: meanOverAnswers(logistic),
  predictions: sigmoid,
};
