import { describe, expect, it } from 'vitest';
import { layoutOf } from './parameters/layout.js';
import type { HeadSpec, NetworkSpec } from './network-spec.js';
import { addSoftSharingGradient, softSharingPenalty } from './penalties.js';

const head = (name: string): HeadSpec => ({ name, kind: 'regression', outputs: ['ahead'], hiddenUnits: 0 });

// Each head has a convolution of two numbers and a bias, and a dense layer of one number and a bias.
const spec: NetworkSpec = {
  window: { length: 4, channels: 1 },
  convolutions: [{ filters: 1, kernel: 2 }],
  dropoutRate: 0,
  l2: 0,
  heads: [head('walk'), head('run')],
  sharedConvolutions: 0,
};
const layout = layoutOf(spec);
const parameters = Float32Array.of(3, 1, 0, 1, 1, 4, 7, 7, -7, -7);

function gradientOf(...trainable: readonly string[]): readonly number[] {
  const gradient = new Float32Array(layout.size).fill(1);
  addSoftSharingGradient(layout, 0.5, { parameters, gradient, trainable: new Set(trainable) });
  return [...gradient];
}

describe('soft sharing', () => {
  it('is the squared distance of the own convolutions; what lies on them is left out', () => {
    // Differences 2, 0, -4: half of 4 + 16.
    expect(softSharingPenalty(layout, 0.5, parameters)).toBe(10);
    expect(gradientOf('walk.conv1', 'run.conv1')).toEqual([3, 1, -3, -1, 1, 5, 1, 1, 1, 1]);
  });

  it('does not move a part that is frozen, towards which the other goes all the same', () => {
    expect(gradientOf('run.conv1', 'run')).toEqual([1, 1, 1, -1, 1, 5, 1, 1, 1, 1]);
  });

  it('is nothing between equal copies', () => {
    expect(softSharingPenalty(layout, 0.5, parameters.slice().fill(2, 0, 6))).toBe(0);
  });

  it('counts each pair of heads once', () => {
    const three = layoutOf({ ...spec, heads: [head('walk'), head('run'), head('sit')] });
    const of = new Float32Array(three.size);
    of.set([1, 0, 0, 3, 0, 0, 8, 0, 0]);
    // Distances 2, 5 and 7: 4 + 25 + 49.
    expect(softSharingPenalty(three, 0.5, of)).toBe(39);
    const gradient = new Float32Array(three.size);
    const trainable = new Set(['walk.conv1', 'run.conv1', 'sit.conv1']);
    addSoftSharingGradient(three, 0.5, { parameters: of, gradient, trainable });
    expect([...gradient.slice(0, 9)]).toEqual([-9, 0, 0, -3, 0, 0, 12, 0, 0]);
  });

  it('brings copies together that go down their gradients', () => {
    const moved = parameters.slice();
    const gradient = new Float32Array(layout.size);
    const trainable = new Set(['walk.conv1', 'run.conv1']);
    addSoftSharingGradient(layout, 0.25, { parameters, gradient, trainable });
    gradient.forEach((slope, index) => {
      moved[index]! -= slope;
    });
    // A whole step of 2 x 0.25 on each side closes the distance.
    expect([...moved.slice(0, 6)]).toEqual([2, 1, 2, 2, 1, 2]);
  });

  it('is nothing where all convolutions are shared', () => {
    const shared = layoutOf({ ...spec, sharedConvolutions: 1 });
    expect(softSharingPenalty(shared, 0.5, new Float32Array(shared.size).fill(3))).toBe(0);
  });
});
