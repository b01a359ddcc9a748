/**
 * The baseline `random-kernels`: features from fixed kernels on random subsets of the signals, and a ridge classifier.
 */

import type { Baseline } from './baseline.js';
import { withCopies } from './copies.js';
import { createKernelBank, proportionsAbove } from './kernel-features.js';
import { fitRidge, ridgeScores } from './ridge.js';

/** Approximate number of training windows: three copies of 800. Two or four give the same figures. */
const WANTED_COPIES = 2400;

export const randomKernels: Baseline = {
  name: 'random-kernels',
  needsAxes: true,
  predict: (task) => {
    const { train, classOf, classes, test, rng } = withCopies(task, WANTED_COPIES);
    const bank = createKernelBank(train, rng);
    const classifier = fitRidge(proportionsAbove(bank, train), classOf, classes);
    return softmax(ridgeScores(classifier, proportionsAbove(bank, test)), classes);
  },
};

/** Turns scores into probabilities, which rank the classes but are not calibrated. */
function softmax(scores: Float64Array, classes: number): Float64Array {
  const exponentials = scores.map(Math.exp);
  for (let row = 0; row < scores.length; row += classes) {
    const own = exponentials.subarray(row, row + classes);
    const sum = own.reduce((total, value) => total + value, 0);
    own.set(own.map((value) => value / sum));
  }
  return exponentials;
}
