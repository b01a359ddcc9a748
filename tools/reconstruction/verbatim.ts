/**
 * The attack on an update of one window: a single filter, as long as the window, that always responds. The gradient of
 * its weights is the window, times a number.
 */

import { layoutOf } from '@gaitway/core/model';
import type { Attack } from './attack.js';
import { craftedParameters, slotOf } from './crafted-parameters.js';
import { hostileStudy, type Setting, studentNetwork, WINDOW } from './setting.js';

/** One step of plain SGD on one window, and a kernel as long as the window. */
export const verbatimSetting: Setting = {
  convolutions: [{ filters: 1, kernel: WINDOW }],
  headUnits: 1,
  steps: 1,
  batch: 1,
  learningRate: 1,
};

/** The attack, which takes nothing but the filter's change. */
export function verbatimAttack(): Attack {
  const study = hostileStudy(verbatimSetting);
  const layout = layoutOf(studentNetwork(study));
  const measure = new Float32Array(WINDOW * study.sensors.channels.length);
  return {
    name: 'verbatim',
    setting: verbatimSetting,
    lengths: [WINDOW],
    parameters: () => craftedParameters(study, measure, [-1]),
    reconstruct: (update) => [slotOf(update, layout, 'conv1/kernel').slice()],
  };
}
