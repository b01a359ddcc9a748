/**
 * Rényi differential privacy (I. Mironov 2017, arXiv 1702.07476): the Rényi divergences of a composition are the sums of
 * those of its events, order by order, and each of them bounds epsilon and delta.
 */

import { composed, type PrivacyEvent } from './events.js';
import { sampledGaussianDivergence } from './sampled-renyi.js';

/**
 * Orders that serve budgets from strict to generous: tenths where few releases with much privacy loss have their best
 * order, whole numbers where most trainings have it, and powers of two for very little loss.
 */
export const renyiOrders: readonly number[] = [
  ...Array.from({ length: 99 }, (_, tenth) => (tenth + 11) / 10),
  ...Array.from({ length: 53 }, (_, index) => index + 11),
  ...[128, 256, 512, 1024],
];

/** The Rényi divergence of a composition at each of some orders. */
export interface RenyiCurve {
  readonly orders: readonly number[];
  /** Shape [order]. */
  readonly divergences: readonly number[];
}

/**
 * The divergences of a composition: α / 2 times the squared signal for what is not sampled (tree aggregation included),
 * and those of the sampled mechanism.
 *
 * @param orders - Each above 1.
 * @throws {InvalidInput} For events that make no sense.
 */
export function renyiCurve(events: readonly PrivacyEvent[], orders: readonly number[] = renyiOrders): RenyiCurve {
  const { squaredSignal, sampled } = composed(events);
  const divergences = orders.map((order) =>
    sampled.reduce(
      (sum, { rate, noiseMultiplier, count }) => sum + count * sampledGaussianDivergence(rate, noiseMultiplier, order),
      (order * squaredSignal) / 2,
    ),
  );
  return { orders, divergences };
}

/** A figure and the order that gave it. */
export interface AtOrder {
  readonly value: number;
  readonly order: number;
}

/**
 * The smallest epsilon of a curve: ε(α) = RDP(α) + log(1 - 1/α) - log(δ α) / (α - 1), the least over the orders (C. L.
 * Canonne, G. Kamath and T. Steinke 2020, arXiv 2004.00010, proposition 12). It is 0 where the divergence alone keeps
 * the total variation below delta (J. Bretagnolle and C. Huber 1979).
 */
export function epsilonFromRenyi({ orders, divergences }: RenyiCurve, delta: number): AtOrder {
  return least(orders, (order, index) => {
    const divergence = divergences[index] ?? Infinity;
    if (totalVariation(divergence) <= delta) {
      return 0;
    }
    if (delta === 0) {
      return Infinity;
    }
    const epsilon = divergence + Math.log1p(-1 / order) - (Math.log(delta) + Math.log(order)) / (order - 1);
    return Math.max(0, epsilon);
  });
}

/** The smallest delta of a curve at `epsilon`, by the same inequalities solved for delta. */
export function deltaFromRenyi({ orders, divergences }: RenyiCurve, epsilon: number): AtOrder {
  return least(orders, (order, index) => {
    const divergence = divergences[index] ?? Infinity;
    const logDelta = (order - 1) * (divergence - epsilon + Math.log1p(-1 / order)) - Math.log(order);
    return Math.min(1, Math.exp(logDelta), totalVariation(divergence));
  });
}

/** An upper bound of the total variation by any Rényi divergence, all of which bound that of Kullback and Leibler. */
function totalVariation(divergence: number): number {
  return Math.sqrt(-Math.expm1(-divergence));
}

function least(orders: readonly number[], valueAt: (order: number, index: number) => number): AtOrder {
  return orders
    .map((order, index) => ({ value: valueAt(order, index), order }))
    .reduce((best, next) => (next.value < best.value ? next : best));
}
