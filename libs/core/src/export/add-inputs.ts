/** Adds to a graph what makes the inputs of a network of a window in g, as `writeInputs` does. */

import { type Axes, axesOf } from '../inputs/axes.js';
import { derivedChannel, type DerivedChannelName } from '../inputs/derived-channels.js';
import { axesNormalisation, type Normalisation, writeInputs } from '../inputs/window-inputs.js';
import type { SensorPlan } from '../study/study.js';
import type { GraphBuilder } from './model-graph.js';

/** Names of the tensors that are passed to a model. */
export const inputTensors = { windows: 'windows', mean: 'mean', deviation: 'standardDeviation' } as const;

/** The largest table of the filter has 4 million numbers. */
export const LONGEST_FILTERED_WINDOW = 2048;

/** What determines the inputs of a network. */
export type InputPlan = Pick<SensorPlan, 'channels' | 'derived' | 'rateHz' | 'window'>;

/**
 * Adds the inputs of a network, shape [window, time, input].
 *
 * @param plan - Has the axes that its derived channels need
 * @param normalisation - Passed to the model, as further tensors, where it is absent
 */
export function addInputs(graph: GraphBuilder, plan: InputPlan, normalisation: Normalisation | undefined): string {
  const { mean, deviation } = addNormalisation(graph, normalisation);
  const own = graph.node('divide', graph.node('subtract', inputTensors.windows, mean), deviation);
  const names = plan.derived ?? [];
  if (names.length === 0) {
    return own;
  }
  return graph.node('join-channels', own, addDerived(graph, plan, { axes: axesOf(plan.channels)!, names }));
}

/** Whether a channel is computed by the filter that separates gravity from movement. */
export function isFiltered(name: DerivedChannelName): boolean {
  return name.startsWith('gravity') || name.startsWith('linear');
}

function addNormalisation(
  graph: GraphBuilder,
  normalisation: Normalisation | undefined,
): { readonly mean: string; readonly deviation: string } {
  if (!normalisation) {
    return { mean: inputTensors.mean, deviation: inputTensors.deviation };
  }
  const row = (name: string, values: readonly number[]): string =>
    graph.constant(name, [values.length], Float32Array.from(values));
  return {
    mean: row('normalisation/mean', normalisation.mean),
    deviation: row('normalisation/deviation', normalisation.standardDeviation),
  };
}

interface DerivedPlan {
  readonly axes: Axes;
  readonly names: readonly DerivedChannelName[];
}

/** All derived channels, each as (value - centre) / scale. */
function addDerived(graph: GraphBuilder, plan: InputPlan, { axes: indices, names }: DerivedPlan): string {
  const axes = pick(graph, inputTensors.windows, indices);
  const orientationFree = names.every(isFiltered) ? undefined : addOrientationFree(graph, axes);
  const filtered = names.some(isFiltered) ? addFiltered(graph, axes, plan) : undefined;
  const columns = names.map((name) => {
    const [kind, axis] = name.split('-');
    return axis === undefined
      ? orientationFree![kind as keyof OrientationFree]
      : pick(graph, filtered![kind as keyof Filtered], ['xyz'.indexOf(axis)]);
  });
  const channels = names.map(derivedChannel);
  const row = (key: 'centre' | 'scale'): string =>
    graph.constant(
      `derived/${key}`,
      [channels.length],
      Float32Array.from(channels, (channel) => channel[key]),
    );
  const values = columns.length === 1 ? columns[0]! : graph.node('join-channels', ...columns);
  return graph.node('divide', graph.node('subtract', values, row('centre')), row('scale'));
}

function pick(graph: GraphBuilder, tensor: string, indices: readonly number[]): string {
  const named = graph.constant(`channels/${indices.join('-')}`, [indices.length], Int32Array.from(indices));
  return graph.node('pick-channels', tensor, named);
}

/** Tensors of one channel, shape [window, time, 1]. */
interface OrientationFree {
  readonly magnitude: string;
  readonly vertical: string;
  readonly horizontal: string;
}

/** Less than any mean that is not zero by itself: keeps the direction of a mean of zero at zero. */
const SMALLEST_LENGTH = 1e-12;

/**
 * Horizontal is the length of what is left of the axes without their vertical part. √(m² - v²) is the same, but would lose
 * most of its digits in Float32 where somebody stands still.
 */
function addOrientationFree(graph: GraphBuilder, axes: string): OrientationFree {
  const mean = graph.node('mean-over-time', axes);
  const length = graph.node('maximum', addLength(graph, mean), graph.number(SMALLEST_LENGTH));
  const up = graph.node('divide', mean, length);
  const vertical = graph.node('sum-of-channels', graph.node('multiply', axes, up));
  const rest = graph.node('subtract', axes, graph.node('multiply', vertical, up));
  return { magnitude: addLength(graph, axes), vertical, horizontal: addLength(graph, rest) };
}

function addLength(graph: GraphBuilder, axes: string): string {
  return graph.node('square-root', graph.node('sum-of-channels', graph.node('multiply', axes, axes)));
}

/** Tensors of three channels, shape [window, time, axis]. */
interface Filtered {
  readonly gravity: string;
  readonly linear: string;
}

/** The filter is linear, so it is a product with a matrix. */
function addFiltered(graph: GraphBuilder, axes: string, { rateHz, window }: InputPlan): Filtered {
  const filter = graph.constant('derived/filter', [window, window], filterMatrix(window, rateHz));
  const gravity = graph.node('matrix-product', filter, axes);
  return { gravity, linear: graph.node('subtract', axes, gravity) };
}

/** What the filter makes of an impulse at each time step: shape [time, time of the impulse]. */
function filterMatrix(length: number, sampleRateHz: number): Float32Array {
  const channels = ['x', 'y', 'z'];
  const derived = [{ name: 'gravity-x', centre: 0, scale: 1 }] as const;
  const source = { channels, sampleRateHz, inputs: { normalisation: axesNormalisation, derived } };
  const inputs = new Float32Array(length * 4);
  const matrix = new Float32Array(length * length);
  for (let impulse = 0; impulse < length; impulse++) {
    const samples = new Float32Array(length * 3);
    samples[impulse * 3] = 1;
    writeInputs(samples, source, inputs);
    for (let time = 0; time < length; time++) {
      matrix[time * length + impulse] = inputs[time * 4 + 3]!;
    }
  }
  return matrix;
}
