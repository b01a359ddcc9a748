import { describe, expect, it } from 'vitest';
import { layoutOf } from './layout.js';
import type { NetworkSpec } from './network-spec.js';
import { addSoftSharing, type SharingSide } from './soft-sharing.js';

// One convolution of two numbers and a bias, and a linear head of one number and a bias.
const spec: NetworkSpec = {
  window: { length: 4, channels: 1 },
  convolutions: [{ filters: 1, kernel: 2 }],
  dropoutRate: 0,
  l2: 0,
  heads: [{ name: 'speed', kind: 'regression', outputs: ['ahead'], hiddenUnits: 0 }],
};
const layout = layoutOf(spec);

function side(...parameters: readonly number[]): SharingSide {
  return { layout, parameters: Float32Array.from(parameters), gradient: new Float32Array(layout.size).fill(1) };
}

describe('soft sharing', () => {
  it('adds the squared distance of the cores, and its gradient to both sides; heads are left out', () => {
    const first = side(3, 1, 0, 7, 7);
    const second = side(1, 1, 4, -7, -7);
    // Differences 2, 0, -4: half of 4 + 16.
    expect(addSoftSharing(0.5, first, second)).toBe(10);
    expect([...first.gradient]).toEqual([3, 1, -3, 1, 1]);
    expect([...second.gradient]).toEqual([-1, 1, 5, 1, 1]);
  });

  it('is nothing between equal cores', () => {
    const same = side(1, 2, 3, 4, 5);
    expect(addSoftSharing(0.5, same, side(1, 2, 3, 0, 0))).toBe(0);
    expect([...same.gradient]).toEqual([1, 1, 1, 1, 1]);
  });

  it('brings two cores together when both go down their gradients', () => {
    const first = side(3, 1, 0, 0, 0);
    const second = side(1, 1, 4, 0, 0);
    for (const each of [first, second]) {
      each.gradient.fill(0);
    }
    addSoftSharing(0.25, first, second);
    for (const { parameters, gradient } of [first, second]) {
      gradient.forEach((slope, index) => {
        parameters[index]! -= slope;
      });
    }
    // A whole step of 2 x 0.25 on each side closes the distance.
    expect([...first.parameters.slice(0, 3)]).toEqual([2, 1, 2]);
    expect(second.parameters.slice(0, 3)).toEqual(first.parameters.slice(0, 3));
  });

  it('takes networks with other heads, but not with another core', () => {
    const alone = layoutOf({ ...spec, heads: [] });
    const other = { layout: alone, parameters: Float32Array.of(1, 1, 4), gradient: new Float32Array(3) };
    expect(addSoftSharing(0.5, side(3, 1, 0, 7, 7), other)).toBe(10);
    const longer = layoutOf({ ...spec, convolutions: [{ filters: 1, kernel: 3 }] });
    const stranger = { layout: longer, parameters: new Float32Array(6), gradient: new Float32Array(6) };
    expect(() => addSoftSharing(0.5, side(0, 0, 0, 0, 0), stranger)).toThrow('Expected two cores of the same shape');
  });
});
