/** How a network's parameters lie in one flat array. */

import { InvalidInput } from '../errors.js';
import { digestJson, type Digest } from '../math/digest.js';
import { featureCount, type HeadSpec, type NetworkSpec } from './network-spec.js';

/**
 * How a kernel's first values are drawn.
 * - `glorot`: uniform, scaled by how many numbers the kernel reads and gives (Glorot & Bengio 2010, eq. 16).
 * - `normal`: normal around 0.
 */
export type KernelStart =
  | { readonly kind: 'glorot'; readonly reads: number; readonly gives: number }
  | { readonly kind: 'normal'; readonly deviation: number };

/** A named tensor inside the flat parameters. */
export interface ParameterSlot {
  /** Path such as `conv1/kernel` or `activity/output/bias`. */
  readonly name: string;
  /** The part of the network it belongs to: `conv1`, or a head's name. Parts are frozen and carried over whole. */
  readonly part: string;
  readonly shape: readonly number[];
  /** Where it begins in the flat array. */
  readonly offset: number;
  readonly size: number;
  /** Kernels have a start; biases, which start at zero, have none. */
  readonly start?: KernelStart;
}

/** The order and shapes of all slots; two sides that agree on it can exchange bare numbers. */
export interface ParameterLayout {
  readonly slots: readonly ParameterSlot[];
  readonly size: number;
}

type AddSlot = (name: string, shape: readonly number[], start?: KernelStart) => void;

/** Deviation of a linear head's first values (linear evaluation, Tang et al. 2021). */
const LINEAR_HEAD_DEVIATION = 0.01;

/**
 * The layout of a network. Convolution kernels are [time, in, out], dense kernels [in, out]; an `independent` head
 * keeps the hidden kernels of its outputs side by side, [in, output x hidden], and its output kernels as [output, hidden].
 *
 * @throws InvalidInput when an `independent` head has no hidden units.
 */
export function layoutOf(spec: NetworkSpec): ParameterLayout {
  const slots: ParameterSlot[] = [];
  let offset = 0;
  const add: AddSlot = (name, shape, start) => {
    const size = shape.reduce((product, length) => product * length, 1);
    slots.push({ name, part: name.slice(0, name.indexOf('/')), shape, offset, size, ...(start && { start }) });
    offset += size;
  };
  let channels = spec.window.channels;
  spec.convolutions.forEach(({ filters, kernel }, index) => {
    add(`conv${index + 1}/kernel`, [kernel, channels, filters], glorot(kernel * channels, kernel * filters));
    add(`conv${index + 1}/bias`, [filters]);
    channels = filters;
  });
  for (const head of spec.heads) {
    addHead(head, featureCount(spec), add);
  }
  return { slots, size: offset };
}

function addHead(head: HeadSpec, features: number, add: AddSlot): void {
  const { name, kind, hiddenUnits: units } = head;
  const outputs = head.outputs.length;
  if (kind === 'independent') {
    checkHiddenUnits(head);
    add(`${name}/hidden/kernel`, [features, outputs * units], glorot(features, units));
    add(`${name}/hidden/bias`, [outputs * units]);
    add(`${name}/output/kernel`, [outputs, units], glorot(units, 1));
  } else if (units === 0) {
    add(`${name}/output/kernel`, [features, outputs], { kind: 'normal', deviation: LINEAR_HEAD_DEVIATION });
  } else {
    add(`${name}/hidden/kernel`, [features, units], glorot(features, units));
    add(`${name}/hidden/bias`, [units]);
    add(`${name}/output/kernel`, [units, outputs], glorot(units, outputs));
  }
  add(`${name}/output/bias`, [outputs]);
}

function glorot(reads: number, gives: number): KernelStart {
  return { kind: 'glorot', reads, gives };
}

function checkHiddenUnits({ name, hiddenUnits }: HeadSpec): void {
  if (hiddenUnits < 1) {
    const message = `expected at least 1, because each output of an independent head has a layer of its own, found ${hiddenUnits}`;
    throw new InvalidInput('network', [{ path: `heads.${name}.hiddenUnits`, message }]);
  }
}

/** The parts of a network from bottom to top: its convolutions, then its heads. */
export function partsOf(layout: ParameterLayout): readonly string[] {
  return [...new Set(layout.slots.map(({ part }) => part))];
}

/** Identifies a layout: equal on two sides exactly when names, shapes and order are. */
export async function layoutDigest(layout: ParameterLayout): Promise<Digest> {
  return digestJson(layout.slots.map(({ name, shape }) => [name, shape]));
}
