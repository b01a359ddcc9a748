/** The layout of a network's parameters in one flat array, and the ranges of its parts there. */

import { InvalidInput } from '../../errors.js';
import { digestJson, type Digest } from '../../math/digest.js';
import type { Range } from '../../math/ranges.js';
import { featureCount, type HeadSpec, type NetworkSpec, type SharedHiddenSpec } from '../network-spec.js';
import { sharingIssues } from '../sharing-issues.js';
import { convolutionLevels, convolutionNames, SHARED_HIDDEN } from './network-parts.js';

/**
 * How the initial values of a kernel are drawn.
 * - `glorot`: uniform, scaled by the kernel's numbers of inputs and outputs (Glorot & Bengio 2010, eq. 16).
 * - `normal`: normal with mean 0.
 */
export type KernelStart =
  | { readonly kind: 'glorot'; readonly reads: number; readonly gives: number }
  | { readonly kind: 'normal'; readonly deviation: number };

/** A named tensor inside the flat parameters. */
export interface ParameterSlot {
  /** Path such as `conv1/kernel` or `activity/output/bias`. */
  readonly name: string;
  /**
   * The part of the network that it belongs to: `conv1`, a head's name, or a part of a shared network
   * (`network-parts.ts`).
   */
  readonly part: string;
  readonly shape: readonly number[];
  /** Index of its first number in the flat array. */
  readonly offset: number;
  readonly size: number;
  /** Present for kernels; absent for biases and kernels of task descriptors, which start at zero. */
  readonly start?: KernelStart;
  /** For a head's own copy of a convolution: the slot's name without the head, which all copies have in common. */
  readonly copyOf?: string;
}

/** The order and shapes of all slots; two sides that agree on them can exchange bare numbers. */
export interface ParameterLayout {
  readonly slots: readonly ParameterSlot[];
  readonly size: number;
}

type AddSlot = (name: string, shape: readonly number[], start?: KernelStart, copyOf?: string) => void;

/** Standard deviation of a linear head's initial values (linear evaluation, Tang et al. 2021). */
const LINEAR_HEAD_DEVIATION = 0.01;

/**
 * The layout of a network. Convolution kernels are [time, in, out], dense kernels [in, out]; an `independent` head has
 * its outputs' hidden kernels side by side, [in, output x hidden], and its output kernels as [output, hidden]. The
 * kernel of the task descriptor of a shared hidden layer is [head, hidden] where the descriptor is concatenated, else
 * [head, in].
 *
 * @throws InvalidInput when an `independent` head has no hidden units, or the heads cannot share as they are to.
 */
export function layoutOf(spec: NetworkSpec): ParameterLayout {
  checkSharing(spec);
  const slots: ParameterSlot[] = [];
  let offset = 0;
  const add: AddSlot = (name, shape, start, copyOf) => {
    const size = shape.reduce((product, length) => product * length, 1);
    slots.push({
      name,
      part: name.slice(0, name.indexOf('/')),
      shape,
      offset,
      size,
      ...(start && { start }),
      ...(copyOf !== undefined && { copyOf }),
    });
    offset += size;
  };
  addConvolutions(spec, add);
  if (spec.sharedHidden) {
    addSharedHidden(spec, spec.sharedHidden, add);
  }
  for (const head of spec.heads) {
    addHead(head, spec, add);
  }
  return { slots, size: offset };
}

function addConvolutions(spec: NetworkSpec, add: AddSlot): void {
  const names = convolutionNames(spec);
  const levels = convolutionLevels(spec);
  let channels = spec.window.channels;
  spec.convolutions.forEach(({ filters, kernel }, level) => {
    const name = names[level]!;
    for (const part of levels[level]!) {
      const copyOf = (slot: string): string | undefined => (part === name ? undefined : `${name}/${slot}`);
      const start = glorot(kernel * channels, kernel * filters);
      add(`${part}/kernel`, [kernel, channels, filters], start, copyOf('kernel'));
      add(`${part}/bias`, [filters], undefined, copyOf('bias'));
    }
    channels = filters;
  });
}

/**
 * The kernel of the descriptor begins at zero: at first the layer treats all heads alike and gives what it would give
 * without a descriptor. Gates are then one half, so the layer below them begins with a kernel twice as large.
 */
function addSharedHidden(spec: NetworkSpec, { units, descriptor }: SharedHiddenSpec, add: AddSlot): void {
  const features = featureCount(spec);
  const limits = descriptor === 'gated' ? 4 : 1; // a quarter of both counts doubles the limit
  add(`${SHARED_HIDDEN}/kernel`, [features, units], glorot(features / limits, units / limits));
  add(`${SHARED_HIDDEN}/bias`, [units]);
  add(`${SHARED_HIDDEN}/descriptor`, [spec.heads.length, descriptor === 'concatenated' ? units : features]);
}

function addHead(head: HeadSpec, spec: NetworkSpec, add: AddSlot): void {
  const { name, kind, hiddenUnits: units } = head;
  const outputs = head.outputs.length;
  const features = featureCount(spec);
  if (spec.sharedHidden) {
    const { units: shared } = spec.sharedHidden;
    add(`${name}/output/kernel`, [shared, outputs], glorot(shared, outputs));
  } else if (kind === 'independent') {
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

function checkSharing(spec: NetworkSpec): void {
  const issues = sharingIssues(spec);
  if (issues.length > 0) {
    throw new InvalidInput('network', issues);
  }
}

function checkHiddenUnits({ name, hiddenUnits }: HeadSpec): void {
  if (hiddenUnits < 1) {
    const message = `expected at least 1, because each output of an independent head has a layer of its own, found ${hiddenUnits}`;
    throw new InvalidInput('network', [{ path: `heads.${name}.hiddenUnits`, message }]);
  }
}

/**
 * The parts of a network from bottom to top: its convolutions, a shared hidden layer if there is one, then its heads.
 */
export function partsOf(layout: ParameterLayout): readonly string[] {
  return [...new Set(layout.slots.map(({ part }) => part))];
}

/** Identifies a layout: equal for two layouts exactly when names, shapes and order are. */
export async function layoutDigest(layout: ParameterLayout): Promise<Digest> {
  return digestJson(layout.slots.map(({ name, shape }) => [name, shape]));
}

/** The ranges of some parts, and those of all others; both in the order of the layout. */
export interface PartRanges {
  readonly named: readonly Range[];
  readonly others: readonly Range[];
}

export function partRanges({ slots }: ParameterLayout, parts: readonly string[]): PartRanges {
  return {
    named: slots.filter(({ part }) => parts.includes(part)),
    others: slots.filter(({ part }) => !parts.includes(part)),
  };
}
