import { describe, expect, it } from 'vitest';
import { deltaFromRenyi, epsilonFromRenyi, renyiCurve, renyiOrders } from './renyi.js';
import type { PrivacyEvent } from './events.js';

const range = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** The orders of Opacus: 1.1, 1.2 … 10.9 and 12 … 63. */
const opacusOrders = [...range(11, 109).map((tenth) => tenth / 10), ...range(12, 63)];
const wholeOrders = [...range(2, 64), 128, 256, 512];

const sampled = (rate: number, noiseMultiplier: number, count: number): readonly PrivacyEvent[] => [
  { kind: 'sampled-gaussian', rate, noiseMultiplier, count },
];

describe('epsilon from Rényi divergences', () => {
  // Opacus and tensorflow-privacy (compute_dp_sgd_privacy_test, tree tests).
  it.each([
    { from: 'tf-privacy', q: 0.0025, sigma: 1.3, steps: 6000, delta: 1e-5, epsilon: 0.7242234026109595, order: 19 },
    { from: 'tf-privacy', q: 0.001, sigma: 1, steps: 30000, delta: 1e-7, epsilon: 1.4154988495444842, order: 13 },
    { from: 'tf-privacy', q: 1, sigma: 0.7, steps: 2, delta: 1e-5, epsilon: 10.8602036, order: 3.3 },
    { from: 'tf-privacy', q: 1, sigma: 0.35, steps: 2, delta: 1e-5, epsilon: 26.2880374, order: 2.1 },
    { from: 'tf-privacy', q: 0.0064, sigma: 1, steps: 782, delta: 1e-6, epsilon: 1.61639405, order: 9.3 },
    { from: 'tf-privacy', q: 1, sigma: 1, steps: 5, delta: 1e-6, epsilon: 13.37637916, order: 3.2 },
  ])('is $epsilon, as in $from: q $q, σ $sigma, $steps steps', ({ q, sigma, steps, delta, epsilon, order }) => {
    const figure = epsilonFromRenyi(renyiCurve(sampled(q, sigma, steps)), delta);
    const digits = Math.min(11, `${epsilon}`.split('.')[1]!.length);
    expect(figure.value).toBeCloseTo(epsilon, digits - 1);
    expect(figure.order).toBe(order);
  });

  it('is 7.32911117148 where Opacus has 7.32911117143: its series ends early, and is below the integral', () => {
    const figure = epsilonFromRenyi(renyiCurve(sampled(0.04, 1.5, 2250), opacusOrders), 1e-5);
    expect(figure.order).toBe(3.9);
    expect(Math.abs(figure.value - 7.32911117143)).toBeLessThan(1e-10);
    // 2250 x 0.0018332021995838587 (mpmath, privacy.json) + log(1 - 1/3.9) - log(3.9e-5) / 2.9
    expect(figure.value).toBeGreaterThanOrEqual(7.329111171484);
    expect(figure.value).toBeLessThan(7.32911117149);
  });

  // dp-accounting drops the sign of the binomials between whole orders, which gives the upper bounds 3.2392676 and
  // 22.6248601. We keep the sign, as Opacus does and the paper has it.
  it.each([
    [0.7, 3.23919219, 3.2392676],
    [0.35, 22.597, 22.6248601],
  ])('with σ %d is %d with signed binomials, below the %d of dp-accounting', (sigma, signed, unsigned) => {
    const { value } = epsilonFromRenyi(renyiCurve(sampled(0.01, sigma, 120)), 1e-5);
    expect(value).toBeCloseTo(signed, sigma === 0.7 ? 8 : 3);
    expect(value).toBeLessThan(unsigned);
  });

  it('is 5907982.3113984 at order 1.25, far less at 1.1: with hardly any noise the orders decide', () => {
    const events = sampled(1.024e-5, 0.1, 976563);
    expect(epsilonFromRenyi(renyiCurve(events, [1.25]), 1e-7).value).toBeCloseTo(5907982.3113984, 4);
    expect(epsilonFromRenyi(renyiCurve(events), 1e-7).value).toBeLessThan(8000);
  });

  it('is 8.92 for ρ = 0.81 at 1e-10, as in the tree test of tensorflow-privacy', () => {
    const { value } = epsilonFromRenyi(renyiCurve(sampled(1, 1 / Math.sqrt(1.62), 1), opacusOrders), 1e-10);
    expect(value).toBeCloseTo(8.922258, 6);
  });

  it.each([
    [1.13, 18.709609893773, 2.7],
    [8.83, 1.773192449618, 14],
  ])('of a tree of 1600 steps with z = %d is %d', (noiseMultiplier, epsilon, order) => {
    const tree = { kind: 'tree', noiseMultiplier, steps: 1600, participations: 1, separation: 1, count: 1 } as const;
    const figure = epsilonFromRenyi(renyiCurve([tree], opacusOrders), 1e-6);
    expect(figure.value).toBeCloseTo(epsilon, 11);
    expect(figure.order).toBe(order);
  });

  // Computed once with NumPy, at whole orders.
  it.each([
    [0.04, 1.5, 2250, 1e-5, 7.329876773835, 4],
    [0.1, 1, 100, 1e-3, 5.670336417386, 3],
    [0.5, 3, 50, 1e-3, 4.622110140743, 4],
    [0.05, 1, 200, 1e-5, 5.371115403362, 4],
    [1, 5, 50, 1e-3, 5.499106387049, 3],
  ])('at q %d, σ %d, %i steps, δ %d is %d', (...[q, sigma, steps, delta, epsilon, order]) => {
    const figure = epsilonFromRenyi(renyiCurve(sampled(q, sigma, steps), wholeOrders), delta);
    expect(figure.value).toBeCloseTo(epsilon, 11);
    expect(figure.order).toBe(order);
  });

  it('is 1.32783806176 for a constant divergence of 1.1, and exactly 1 for σ = 4.530877117 at 1e-6', () => {
    const orders = range(2, 32);
    const constant = { orders, divergences: orders.map(() => 1.1) };
    expect(epsilonFromRenyi(constant, 1e-5).value).toBeCloseTo(1.32783806176, 11);
    expect(epsilonFromRenyi(constant, 1e-5).order).toBe(32);
    const fine = range(1001, 40_000).map((thousandth) => thousandth / 1000);
    expect(epsilonFromRenyi(renyiCurve(sampled(1, 4.530877117, 1), fine), 1e-6).value).toBeCloseTo(1, 8);
  });
});

describe('delta from Rényi divergences', () => {
  it('is the inverse of epsilon', () => {
    const curve = renyiCurve(sampled(0.04, 1.5, 2250));
    const { value } = epsilonFromRenyi(curve, 1e-5);
    expect(deltaFromRenyi(curve, value).value / 1e-5).toBeCloseTo(1, 10);
  });

  it('is never above 1 or the total variation', () => {
    expect(deltaFromRenyi(renyiCurve(sampled(1, 0.01, 1)), 0).value).toBe(1);
    // Total variation of N(0, 1) and N(0.01, 1): 0.00398942 from the density; the bound is sqrt(1 - exp(-α / 20000)).
    const { value } = deltaFromRenyi(renyiCurve(sampled(1, 100, 1)), 0);
    expect(value).toBeGreaterThan(0.00398942);
    expect(value).toBeLessThan(0.0075);
  });
});

describe('the edges', () => {
  it.each([
    ['nothing released', [], 0, 0],
    ['nobody sampled', sampled(0, 1, 10), 0, 0],
    ['no noise', sampled(0.1, 0, 1), 1e-5, Infinity],
    ['no delta', sampled(0.1, 1, 1), 0, Infinity],
    ['a delta above the total variation', sampled(1, 100, 1), 0.01, 0],
  ])('%s', (_, events, delta, epsilon) => {
    expect(epsilonFromRenyi(renyiCurve(events), delta).value).toBe(epsilon);
  });

  it('have orders from 1.1 to 1024', () => {
    expect([renyiOrders[0], renyiOrders[98], renyiOrders[99], renyiOrders.at(-5), renyiOrders.at(-1)]).toEqual([
      1.1, 10.9, 11, 63, 1024,
    ]);
  });
});
