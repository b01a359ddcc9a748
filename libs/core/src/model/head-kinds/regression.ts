/** Numbers: half the squared error (Bishop 2006, section 5.2), averaged over all the answers. */

import { meanOverAnswers, squared } from '../heads/answer-losses.js';
import type { HeadKindTraits } from './head-kind-traits.js';

export const regression: HeadKindTraits<'regression', 'numbers'> = {
  kind: 'regression',
  targets: 'numbers',
  inTaskFiles: true,
  loss: meanOverAnswers(squared),
  predictions: (logits) => logits.slice(),
};
