/** The attack's own gradients: those of the product by the parameters, and finite differences by the windows. */

import { createRng } from '@gaitway/core';
import { createNetwork, initialParameters, type NetworkSpec, partsOf } from '@gaitway/core/model';
import { useBackend } from '@gaitway/core/testing/backends';
import { beforeAll, expect, it } from 'vitest';
import { studentGradient } from './student-gradient.js';

const spec: NetworkSpec = {
  window: { length: 12, channels: 3 },
  convolutions: [
    { filters: 5, kernel: 4 },
    { filters: 6, kernel: 3 },
  ],
  dropoutRate: 0,
  l2: 0,
  heads: [{ name: 'activity', kind: 'exclusive', outputs: ['a', 'b', 'c'], hiddenUnits: 7 }],
};
const count = 4;
const rng = createRng(1);
const network = createNetwork(spec);
const parameters = initialParameters(network.layout, rng.fork('parameters')).map((value) => value + 0.01);
const windows = Float32Array.from({ length: count * 36 }, () => rng.normal());
const targets = { activity: Float32Array.from({ length: count * 3 }, (_, index) => (index % 3 === 0 ? 1 : 0)) };
const batch = { values: windows, targets };

beforeAll(() => useBackend('cpu'));

it("is the product's gradient by the parameters", () => {
  const expected = new Float32Array(parameters.length);
  const trainable = new Set(partsOf(network.layout));
  network.lossAndGradient(parameters, batch, { rng, trainable }, expected);
  const found = studentGradient(spec)(Float64Array.from(parameters), Float64Array.from(windows)).parameters;
  expected.forEach((value, index) => {
    expect(found[index]).toBeCloseTo(value, 5);
  });
});

it("is the slope of the product's loss by the windows", () => {
  const found = studentGradient(spec)(Float64Array.from(parameters), Float64Array.from(windows)).windows;
  const step = 0.01;
  const lossBeside = (index: number, shift: number): number => {
    const values = windows.slice();
    values[index]! += shift;
    return network.loss(parameters, { ...batch, values });
  };
  const slopes = Array.from(windows, (_, index) => (lossBeside(index, step) - lossBeside(index, -step)) / (2 * step));
  const off = slopes.filter((slope, index) => Math.abs(slope - found[index]!) > 1e-3);
  expect(Math.max(...slopes)).toBeGreaterThan(0.01);
  expect(off.length).toBeLessThan(0.05 * slopes.length); // a maximum that moves to another time step bends the loss
});
