/** How a network's parameters lie in one flat array. */

import { digestJson, type Digest } from '../math/digest.js';
import { featureCount, type HeadSpec, type NetworkSpec } from './network-spec.js';

/** How many numbers a kernel reads and gives, for the scale of its first values. */
export interface Fans {
  readonly in: number;
  readonly out: number;
}

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
  /** Kernels have fans; biases, which start at zero, have none. */
  readonly fans?: Fans;
}

/** The order and shapes of all slots; two sides that agree on it can exchange bare numbers. */
export interface ParameterLayout {
  readonly slots: readonly ParameterSlot[];
  readonly size: number;
}

type AddSlot = (name: string, shape: readonly number[], fans?: Fans) => void;

/**
 * The layout of a network. Convolution kernels are [time, in, out], dense kernels [in, out]; an `independent` head
 * keeps the hidden kernels of its outputs side by side, [in, output x hidden], and its output kernels as [output, hidden].
 */
export function layoutOf(spec: NetworkSpec): ParameterLayout {
  const slots: ParameterSlot[] = [];
  let offset = 0;
  const add: AddSlot = (name, shape, fans) => {
    const size = shape.reduce((product, length) => product * length, 1);
    slots.push({ name, part: name.slice(0, name.indexOf('/')), shape, offset, size, ...(fans && { fans }) });
    offset += size;
  };
  let channels = spec.window.channels;
  spec.convolutions.forEach(({ filters, kernel }, index) => {
    add(`conv${index + 1}/kernel`, [kernel, channels, filters], { in: kernel * channels, out: kernel * filters });
    add(`conv${index + 1}/bias`, [filters]);
    channels = filters;
  });
  for (const head of spec.heads) {
    addHead(head, featureCount(spec), add);
  }
  return { slots, size: offset };
}

function addHead(head: HeadSpec, features: number, add: AddSlot): void {
  const units = head.hiddenUnits;
  const outputs = head.outputs.length;
  if (head.kind === 'exclusive') {
    add(`${head.name}/hidden/kernel`, [features, units], { in: features, out: units });
    add(`${head.name}/hidden/bias`, [units]);
    add(`${head.name}/output/kernel`, [units, outputs], { in: units, out: outputs });
  } else {
    add(`${head.name}/hidden/kernel`, [features, outputs * units], { in: features, out: units });
    add(`${head.name}/hidden/bias`, [outputs * units]);
    add(`${head.name}/output/kernel`, [outputs, units], { in: units, out: 1 });
  }
  add(`${head.name}/output/bias`, [outputs]);
}

/** The parts of a network from bottom to top: its convolutions, then its heads. */
export function partsOf(layout: ParameterLayout): readonly string[] {
  return [...new Set(layout.slots.map(({ part }) => part))];
}

/** Identifies a layout: equal on two sides exactly when names, shapes and order are. */
export async function layoutDigest(layout: ParameterLayout): Promise<Digest> {
  return digestJson(layout.slots.map(({ name, shape }) => [name, shape]));
}
