/**
 * Thresholds of each class on calibrated confidences, both fitted on people whom the teacher had not seen. Calibration
 * divides the logits by a single temperature (C. Guo et al. 2017, arXiv 1706.04599, section 4.2).
 */

import { z } from 'zod';
import { labelsFrom } from '../labelling/label-form.js';
import { confidenceOf, indicesWhere, type SelectionKind } from './selection.js';

/** The calibration of a teacher's confidences, fitted when the labelled people choose a recipe. */
export interface SelectionCalibration {
  /** Applies to the confidences only; `labels.temperature` applies to the labels. Above 1 lowers the confidences. */
  readonly temperature: number;
  /** Windows whose calibrated confidence is below the threshold of their class are left out; shape [class]. */
  readonly thresholds: readonly number[];
}

/** Both keys are absent as long as the study has not chosen its recipe. */
export interface CalibratedSelection extends Partial<SelectionCalibration> {
  readonly kind: 'calibrated';
}

/** Keeps window i where max softmax(log p_i / T) >= the threshold of its most probable class. */
export const calibrated: SelectionKind<CalibratedSelection> = {
  settings: z.strictObject({
    kind: z.literal('calibrated'),
    temperature: z.number().positive().exactOptional(),
    thresholds: z.array(z.number().min(0).max(1)).exactOptional(),
  }),
  rule: ({ temperature, thresholds }) => {
    if (temperature === undefined || thresholds === undefined) {
      throw new Error('Selection "calibrated" has no temperature and no thresholds: the study still has to choose');
    }
    return (probabilities, classes) => {
      const { classOf, confidence } = confidenceOf(
        calibratedProbabilities(probabilities, classes, temperature),
        classes,
      );
      return { windows: indicesWhere(confidence, (value, window) => value >= thresholds[classOf[window]!]!) };
    };
  },
};

/**
 * softmax(log p / T) of each row. The most probable class does not change.
 *
 * @param probabilities - Shape [window, class]
 */
export function calibratedProbabilities(
  probabilities: Float32Array,
  classes: number,
  temperature: number,
): Float32Array {
  return labelsFrom(probabilities, classes, { form: 'soft', temperature });
}
