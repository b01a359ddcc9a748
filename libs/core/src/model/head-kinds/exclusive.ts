/** One of several classes: cross-entropy of the softmax (Bishop 2006, section 5.2). */

import { softmax, softmaxCrossEntropy } from '../heads/losses.js';
import type { HeadKindTraits } from './head-kind-traits.js';

export const exclusive: HeadKindTraits<'exclusive', 'classes'> = {
  kind: 'exclusive',
  targets: 'classes',
  inTaskFiles: true,
  loss: softmaxCrossEntropy,
  predictions: softmax,
};
