import { beforeAll, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { useBackend } from '../testing/backends.js';
import { smallSpec } from '../testing/small-network.js';
import { initialParameters } from './parameters/initial-parameters.js';
import { partsOf } from './parameters/layout.js';
import { createNetwork, type Batch } from './network.js';

const WINDOWS = 48;
const { length, channels } = smallSpec.window;

const network = createNetwork({
  ...smallSpec,
  dropoutRate: 0,
  heads: [
    { name: 'speed', kind: 'regression', outputs: ['steps'], hiddenUnits: 8 },
    { name: 'fast', kind: 'multi-label', outputs: ['fast'], hiddenUnits: 0 },
    { name: 'gait', kind: 'exclusive', outputs: ['slow', 'middle', 'fast'], hiddenUnits: 8 },
  ],
});

/** Sine waves of random speeds; each head has the labels of one window in three, and no window has two labels. */
function waves(): Batch & { readonly speeds: Float32Array } {
  const rng = createRng('waves');
  const speeds = Float32Array.from({ length: WINDOWS }, () => rng.uniform());
  const values = new Float32Array(WINDOWS * length * channels);
  const speed = new Float32Array(WINDOWS).fill(Number.NaN);
  const fast = speed.slice();
  const gait = new Float32Array(WINDOWS * 3).fill(Number.NaN);
  speeds.forEach((each, window) => {
    for (let index = 0; index < length * channels; index++) {
      const time = Math.floor(index / channels);
      values[window * length * channels + index] = Math.sin((0.2 + each) * time + (index % channels)) * (1 + each);
    }
    speed[window] = window % 3 === 0 ? each : Number.NaN;
    fast[window] = window % 3 === 1 ? Number(each > 0.5) : Number.NaN;
    if (window % 3 === 2) {
      gait.fill(0, window * 3, window * 3 + 3);
      gait[window * 3 + Math.floor(each * 3)] = 1;
    }
  });
  return { values, targets: { speed, fast, gait }, speeds };
}

/** The share of windows without a label of the head whose prediction fulfils `isRight`. */
function shareRight(isRight: (window: number) => boolean, labelled: number): number {
  const unseen = Array.from({ length: WINDOWS }, (_, window) => window).filter((window) => window % 3 !== labelled);
  return unseen.filter(isRight).length / unseen.length;
}

beforeAll(() => useBackend('wasm'));

it('a number, a yes-or-no label and classes are learned together, each from the windows that have it', () => {
  const { speeds, ...batch } = waves();
  const parameters = initialParameters(network.layout, createRng('start'));
  const gradient = new Float32Array(network.layout.size);
  const trainable = new Set(partsOf(network.layout));
  for (let step = 0; step < 400; step++) {
    network.lossAndGradient(parameters, batch, { rng: createRng(step), trainable }, gradient);
    gradient.forEach((slope, index) => {
      parameters[index]! -= 0.1 * slope;
    });
  }
  const predicted = (head: string): Float32Array => network.predict(parameters, batch.values, head);
  const [speed, fast, gait] = [predicted('speed'), predicted('fast'), predicted('gait')];
  const classOf = (window: number): number => {
    const row = [...gait.slice(window * 3, window * 3 + 3)];
    return row.indexOf(Math.max(...row));
  };
  expect(shareRight((window) => Math.abs(speed[window]! - speeds[window]!) < 0.15, 0)).toBeGreaterThan(0.8);
  expect(shareRight((window) => fast[window]! > 0.5 === speeds[window]! > 0.5, 1)).toBeGreaterThan(0.8);
  expect(shareRight((window) => classOf(window) === Math.floor(speeds[window]! * 3), 2)).toBeGreaterThan(0.7);
});
