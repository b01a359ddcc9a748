/**
 * Trains heads on a frozen core whose features are computed once: they are the same in each epoch, so the heads can
 * learn from the features in a fraction of the time.
 *
 * This is not equivalent to freezing the core in `trainLocally`: there its dropout is still active, and the features of
 * a window differ from step to step. Here the frozen core has no dropout.
 */

import type { WindowedDataset } from '../../data/windows.js';
import { carryOver } from '../../model/parameters/initial-parameters.js';
import type { ParameterLayout } from '../../model/parameters/layout.js';
import { featureCount, type NetworkSpec } from '../../model/network-spec.js';
import { createNetwork, type Network } from '../../model/network.js';
import { trainLocally, type Trained, type TrainingOptions } from './local-trainer.js';
import { byBatch } from './predict.js';
import type { TrainingSet } from './training-set.js';

/**
 * Trains the heads of a network from `start`, with its core frozen and without dropout. Returns parameters of the whole
 * network, with the core unchanged. The loss is that of the heads.
 *
 * @param set - Without transformations: the features of versions would differ from epoch to epoch
 * @throws Error when heads have convolutions of their own, so that a window's features are not the same for all; and
 *   what `trainLocally` throws
 */
export async function trainOnFeatures(
  network: Network,
  start: Float32Array,
  set: TrainingSet,
  options: TrainingOptions,
): Promise<Trained> {
  const heads = createNetwork(headsAlone(network.spec));
  const asFeatures = async (own: TrainingSet): Promise<TrainingSet> => ({
    ...own,
    windows: await featuresOf(network, start, own.windows, options.signal),
  });
  const whole = { layout: network.layout, parameters: start };
  const headStart = headsOf(heads.layout, whole);
  const { correction } = options;
  const trained = await trainLocally(heads, headStart, await asFeatures(set), {
    ...options,
    correction: correction && headsOf(heads.layout, { ...whole, parameters: correction }),
    ...(options.validation && { validation: await asFeatures(options.validation) }),
  });
  const learned = { layout: heads.layout, parameters: trained.parameters };
  return { ...trained, parameters: carryOver(network.layout, start, learned) };
}

/** The head parameters of a whole network, in the layout of the heads alone. */
function headsOf(layout: ParameterLayout, whole: Parameters<typeof carryOver>[2]): Float32Array {
  return carryOver(layout, new Float32Array(layout.size), whole);
}

/** The heads of a network as a network of their own, whose windows are features at one time step. */
function headsAlone(spec: NetworkSpec): NetworkSpec {
  const { l2, heads, sharedHidden } = spec;
  const window = { length: 1, channels: featureCount(spec) };
  return { window, convolutions: [], dropoutRate: 0, l2, heads, ...(sharedHidden && { sharedHidden }) };
}

/** The features of all windows as windows of one time step, with the same labels. */
async function featuresOf(
  network: Network,
  parameters: Float32Array,
  windows: WindowedDataset,
  signal: AbortSignal,
): Promise<WindowedDataset> {
  const samples = await byBatch(windows, signal, (values) => network.features(parameters, values));
  return asWindows(samples, featureCount(network.spec), windows);
}

function asWindows(samples: Float32Array, channels: number, { labels }: WindowedDataset): WindowedDataset {
  const count = samples.length / channels;
  const names = Array.from({ length: channels }, (_, index) => `feature ${index + 1}`);
  return {
    shape: { length: 1, channels },
    recordings: [{ subject: 'all', source: 'features', sampleRateHz: 1, channels: names, samples }],
    recordingOf: new Uint32Array(count),
    startOf: Uint32Array.from({ length: count }, (_, window) => window),
    ...(labels && { labels }),
  };
}
