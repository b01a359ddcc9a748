/**
 * Crafted parameters that imprint single windows into an update (Fowl et al. 2022, Robbing the Fed, arXiv 2110.13057;
 * Boenisch et al. 2023, When the Curious Abandon Honesty, arXiv 2112.02918), for a convolution: all filters of the first
 * layer measure the same, and differ in the threshold above which they respond. What two neighbours differ by in an
 * update comes from the windows between their thresholds alone.
 */

import { type Rng, syntheticActivities } from '@gaitway/core';
import { layoutOf, type ParameterLayout } from '@gaitway/core/model';
import type { Attack } from './attack.js';
import { craftedParameters, slotOf } from './crafted-parameters.js';
import { hostileStudy, type Setting, studentNetwork } from './setting.js';

/** Size of the measuring weights: so small that the rest of the network hardly notices what is measured. */
const MEASURE_SCALE = 1e-3;

/** What a single window changes in a threshold: far below the weights, far above what single precision rounds away. */
const TRACE = 2e-8;

/** One convolution of `kernel` time steps with so many filters, for updates of `steps` times `batch` windows. */
export function imprintSetting(size: Pick<Setting, 'steps' | 'batch'>, kernel: number, filters: number): Setting {
  // The gradient of a window's loss at the head, which is divided among the filters.
  const gradient = 1 - 1 / syntheticActivities.length;
  const learningRate = (TRACE * size.batch * filters) / gradient;
  return { ...size, convolutions: [{ filters, kernel }], headUnits: 1, learningRate };
}

/**
 * The attack by crafted parameters. Reconstructions are as long as the kernel.
 *
 * @param known - Windows of people whom the coordinator knows: thresholds are the quantiles of what it measures on them
 * @param rng - Draws what is measured
 */
export function imprintAttack(setting: Setting, known: readonly Float32Array[], rng: Rng): Attack {
  const study = hostileStudy(setting);
  const [{ filters, kernel }] = setting.convolutions as [Setting['convolutions'][0]];
  const channels = study.sensors.channels.length;
  const measure = drawMeasure(kernel, channels, rng);
  const measured = known.map((window) => largestMeasure(window, measure, channels)).sort((a, b) => a - b);
  const thresholds = Array.from(
    { length: filters },
    (_, filter) => measured[Math.floor((filter * measured.length) / filters)]!,
  );
  return {
    name: 'crafted parameters',
    setting,
    lengths: [kernel],
    parameters: () => craftedParameters(study, measure, thresholds),
    reconstruct: (update) => singleWindows(update, layoutOf(studentNetwork(study)), filters),
  };
}

/** Its sum over each channel is 0, so that it does not measure how the sensor lies. */
function drawMeasure(kernel: number, channels: number, rng: Rng): Float32Array {
  const draws = Float32Array.from({ length: kernel * channels }, () => MEASURE_SCALE * rng.normal());
  const means = Array.from(
    { length: channels },
    (_, channel) =>
      draws.filter((__, index) => index % channels === channel).reduce((sum, draw) => sum + draw) / kernel,
  );
  return draws.map((draw, index) => draw - means[index % channels]!);
}

/** The maximum over time, which is all that the network keeps. */
function largestMeasure(window: Float32Array, measure: Float32Array, channels: number): number {
  let largest = -Infinity;
  for (let start = 0; start + measure.length <= window.length; start += channels) {
    largest = Math.max(
      largest,
      measure.reduce((sum, weight, index) => sum + weight * window[start + index]!, 0),
    );
  }
  return largest;
}

/** What neighbouring filters differ by, where it is the trace of exactly one window. */
function singleWindows(update: Float32Array, layout: ParameterLayout, filters: number): readonly Float32Array[] {
  const kernel = slotOf(update, layout, 'conv1/kernel');
  const bias = slotOf(update, layout, 'conv1/bias');
  const found: Float32Array[] = [];
  for (let filter = 0; filter < filters; filter++) {
    const trace = bias[filter]! - (bias[filter + 1] ?? 0);
    if (Math.round(trace / TRACE) === 1) {
      found.push(
        Float32Array.from({ length: kernel.length / filters }, (_, index) => {
          const place = index * filters + filter;
          return (kernel[place]! - (filter + 1 < filters ? kernel[place + 1]! : 0)) / trace;
        }),
      );
    }
  }
  return found;
}
