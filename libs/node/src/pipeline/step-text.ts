/** Epochs and steps as lines on the terminal. */

import type { EpochReport, PipelineStep, StepReport } from '@gaitway/core';

/** `self_har 3/30: loss 2.113, validation 1.987`. */
export function epochText({ tag, epochs }: PipelineStep, report: EpochReport): string {
  const { epoch, trainingLoss, validationLoss } = report;
  const validation = validationLoss === undefined ? '' : `, validation ${validationLoss.toFixed(3)}`;
  return `${tag} ${epoch}/${epochs}: loss ${trainingLoss.toFixed(3)}${validation}`;
}

/** `self_har: 9000 of 10000 windows accepted, best epoch 27, weighted F1 0.881`. */
export function stepText({ tag, training, evaluation }: StepReport): string {
  const selection = training?.selection;
  const accepted = selection?.accepted.reduce((sum, count) => sum + count, 0);
  const parts = [
    ...(selection ? [`${accepted ?? 0} of ${selection.windows} windows accepted`] : []),
    ...(training ? [`best epoch ${training.bestEpoch}`] : []),
    ...(evaluation ? [`weighted F1 ${evaluation.weightedF1.toFixed(3)}`] : []),
  ];
  return `${tag}: ${parts.join(', ') || 'done'}`;
}
