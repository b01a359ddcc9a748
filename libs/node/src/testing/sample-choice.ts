/** A made-up choice between two recipes, for reports of studies with six activities. */

import type { RecordedChoice } from '../run/choice-file.js';

const rest = { macroF1: 0.5, logLoss: 1.25 };

export const sampleChoice: RecordedChoice = {
  written: 'ab'.repeat(32),
  backend: 'wasm',
  seconds: 65,
  candidates: ['pocket', 'plain'].map((name) => ({
    name,
    folds: [
      { heldOut: '2 (first half)', windows: 40, weightedF1: 0.625, ...rest },
      { heldOut: '2 (second half)', windows: 38, weightedF1: 0.875, ...rest },
    ],
    mean: { weightedF1: 0.75, ...rest },
  })),
  chosen: 'plain',
  weak: 'only 2 has labels',
  calibration: { temperature: 1.75, thresholds: [0.5, 0.5, 0.625, 0.625, 0.75, 0.95] },
};
