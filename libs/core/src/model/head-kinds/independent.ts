/**
 * Several yes-or-no questions, each with hidden units of its own: logistic losses, summed over the questions, as SelfHAR
 * tells transformations apart (Tang et al. 2021, arXiv 2102.06073).
 */

import { logistic, sigmoid, sumOverOutputs } from '../heads/answer-losses.js';
import type { HeadKindTraits } from './head-kind-traits.js';

export const independent: HeadKindTraits<'independent', 'yes-or-no', false> = {
  kind: 'independent',
  targets: 'yes-or-no',
  inTaskFiles: false,
  loss: sumOverOutputs(logistic),
  predictions: sigmoid,
};
