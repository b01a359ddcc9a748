/**
 * How a teacher's probabilities become labels: the whole vector, sharper or softer, or its most probable class alone.
 */

import { mostProbable } from '../../metrics/probabilities.js';

/** How probabilities become labels. */
export type LabelForm =
  | {
      readonly form: 'soft';
      /** Below 1 sharpens the probabilities, above 1 softens them. */
      readonly temperature: number;
    }
  | { readonly form: 'hard' };

/**
 * Labels of shape [window, class]: softmax(log p / temperature), which is p itself at 1; or 1 for the most probable
 * class.
 *
 * @param probabilities - Shape [window, class]
 */
export function labelsFrom(probabilities: Float32Array, classes: number, labels: LabelForm): Float32Array {
  if (labels.form === 'hard') {
    return oneHot(probabilities, classes);
  }
  return labels.temperature === 1 ? probabilities : tempered(probabilities, classes, labels.temperature);
}

function oneHot(probabilities: Float32Array, classes: number): Float32Array {
  const labels = new Float32Array(probabilities.length);
  for (let window = 0; window < probabilities.length / classes; window++) {
    labels[window * classes + mostProbable(probabilities, window, classes)] = 1;
  }
  return labels;
}

/** p^(1/T), normalised; computed relative to the largest p, so that a low temperature does not underflow. */
function tempered(probabilities: Float32Array, classes: number, temperature: number): Float32Array {
  const labels = new Float32Array(probabilities.length);
  for (let first = 0; first < probabilities.length; first += classes) {
    const row = [...probabilities.subarray(first, first + classes)];
    const largest = Math.max(...row);
    const powers = row.map((value) => (value / largest) ** (1 / temperature));
    const sum = powers.reduce((total, value) => total + value, 0);
    labels.set(
      powers.map((value) => value / sum),
      first,
    );
  }
  return labels;
}
