/**
 * The student network of testing/vectors/student.json (made with PyTorch in float64), rebuilt as its `about` text says.
 */

import { readFileSync } from 'node:fs';
import { layoutOf, type ParameterLayout } from '../model/parameters/layout.js';
import type { NetworkSpec } from '../model/network-spec.js';
import type { Batch } from '../model/network.js';

interface Picked {
  readonly index: number[];
  readonly value: number[];
  readonly norm: number;
}

interface StudentVectors {
  readonly slots: { name: string; shape: number[]; fanIn: number }[];
  readonly features: Picked;
  readonly activityLogits: number[][];
  readonly activityProbabilities: number[][];
  readonly transformLogits: number[][];
  readonly crossEntropy: number;
  readonly binaryCrossEntropy: number[];
  readonly l2: number;
  readonly loss: number;
  readonly gradients: Record<string, Picked>;
  readonly lossAfterStep: number[];
  readonly parametersAfter3: Record<string, Picked>;
}

const WINDOWS = 6;
const TIME = 400;
const CHANNELS = 3;
const CLASSES = 6;
const TRANSFORMATIONS = 8;
const TRANSFORMATION_UNITS = 256;

export const vectors = JSON.parse(
  readFileSync(new URL('./vectors/student.json', import.meta.url), 'utf8'),
) as StudentVectors;

/** The student network of the method, without dropout. */
export const oracleSpec: NetworkSpec = {
  window: { length: TIME, channels: CHANNELS },
  convolutions: [
    { filters: 32, kernel: 24 },
    { filters: 64, kernel: 16 },
    { filters: 96, kernel: 8 },
  ],
  dropoutRate: 0,
  l2: 1e-4,
  heads: [
    { name: 'activity', kind: 'exclusive', outputs: ['a', 'b', 'c', 'd', 'e', 'f'], hiddenUnits: 1024 },
    {
      name: 'transformations',
      kind: 'independent',
      outputs: ['t0', 't1', 't2', 't3', 't4', 't5', 't6', 't7'],
      hiddenUnits: TRANSFORMATION_UNITS,
    },
  ],
};

/** Extracts an oracle slot (of one head) from an array in this project's layout (heads side by side). */
export function oracleSlot(flat: Float32Array, name: string): Float32Array {
  const layout = layoutOf(oracleSpec);
  const head = /^transform(\d)\/(.*)$/.exec(name);
  if (!head) {
    return view(layout, flat, name);
  }
  const slot = view(layout, flat, `transformations/${head[2]!}`);
  return indicesOfHead(Number(head[1]), head[2]!).reduce(
    (values, from, to) => {
      values[to] = slot[from]!;
      return values;
    },
    new Float32Array(slot.length / TRANSFORMATIONS),
  );
}

/** The oracle's initial parameters, in this project's layout. */
export function oracleParameters(): Float32Array {
  const layout = layoutOf(oracleSpec);
  const flat = new Float32Array(layout.size);
  vectors.slots.forEach(({ name, shape, fanIn }, slotIndex) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const head = /^transform(\d)\/(.*)$/.exec(name);
    const target = view(layout, flat, head ? `transformations/${head[2]!}` : name);
    const places = head ? indicesOfHead(Number(head[1]), head[2]!) : Array.from({ length: size }, (_, j) => j);
    for (let j = 0; j < size; j++) {
      const wave = Math.sin(12.9898 * (j + 1) + 78.233 * (slotIndex + 1));
      target[places[j]!] = wave * (fanIn ? Math.sqrt(3 / fanIn) : 0.01);
    }
  });
  return flat;
}

/** The oracle's six windows with their soft labels and transformation targets. */
export function oracleBatch(): Batch {
  const values = new Float32Array(WINDOWS * TIME * CHANNELS);
  const activity = new Float32Array(WINDOWS * CLASSES);
  const transformations = new Float32Array(WINDOWS * TRANSFORMATIONS);
  for (let w = 0; w < WINDOWS; w++) {
    for (let t = 0; t < TIME; t++) {
      for (let c = 0; c < CHANNELS; c++) {
        values[(w * TIME + t) * CHANNELS + c] =
          Math.sin(0.05 * (c + 1) * t + w) + 0.3 * Math.cos(0.11 * t * (w + 1) + c);
      }
    }
    const exponentials = Array.from({ length: CLASSES }, (_, k) => Math.exp(Math.sin(w + k)));
    const sum = exponentials.reduce((a, b) => a + b);
    activity.set(
      exponentials.map((value) => value / sum),
      w * CLASSES,
    );
    for (let k = 0; k < TRANSFORMATIONS; k++) {
      transformations[w * TRANSFORMATIONS + k] = (w + k) % 3 === 0 ? 1 : 0;
    }
  }
  return { values, targets: { activity, transformations } };
}

function view(layout: ParameterLayout, flat: Float32Array, name: string): Float32Array {
  const slot = layout.slots.find((candidate) => candidate.name === name)!;
  return flat.subarray(slot.offset, slot.offset + slot.size);
}

/** Positions of one head's numbers in the slot that holds all heads. */
function indicesOfHead(head: number, slot: string): number[] {
  const rows = slot === 'hidden/kernel' ? 96 : 1;
  const units = slot === 'output/bias' ? 1 : TRANSFORMATION_UNITS;
  const rowLength = rows > 1 ? TRANSFORMATIONS * units : 0;
  return Array.from({ length: rows * units }, (_, j) => Math.floor(j / units) * rowLength + head * units + (j % units));
}
