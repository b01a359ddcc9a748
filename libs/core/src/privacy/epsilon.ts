/** Epsilon and delta of what has been released: the interpreters of events. */

import { InvalidInput } from '../errors.js';
import { composed, type Composition, type PrivacyEvent } from './events.js';
import { gaussianDelta, gaussianEpsilon } from './gaussian.js';
import { deltaOfLosses, epsilonOfLosses, privacyLossOf, type ComposedLosses } from './privacy-loss.js';
import { deltaFromRenyi, epsilonFromRenyi, renyiCurve } from './renyi.js';

/**
 * Where a figure comes from: exact for Gaussian mechanisms, otherwise an upper bound, by Rényi divergences or by the
 * distribution of the privacy loss.
 */
export type AccountingMethod = 'exact' | 'renyi' | 'privacy-loss';

/** An epsilon that holds, and how it was computed. */
export interface EpsilonFigure {
  readonly epsilon: number;
  readonly method: AccountingMethod;
}

/** A delta that holds, and how it was computed. */
export interface DeltaFigure {
  readonly delta: number;
  readonly method: AccountingMethod;
}

/**
 * The smallest epsilon that is known to hold with `delta` for everything that was released.
 *
 * @throws {InvalidInput} For events that make no sense, or a delta outside 0 to 1.
 * @example
 * epsilonOf([{ kind: 'sampled-gaussian', rate: 0.01, noiseMultiplier: 1, count: 1000 }], 1e-5).epsilon;
 */
export function epsilonOf(events: readonly PrivacyEvent[], delta: number): EpsilonFigure {
  if (!(delta >= 0 && delta <= 1)) {
    throw new InvalidInput('privacy', [{ path: 'delta', message: `expected a number from 0 to 1, got ${delta}` }]);
  }
  const composition = composed(events);
  if (composition.sampled.length === 0) {
    return { epsilon: gaussianEpsilon(noiseOf(composition), delta), method: 'exact' };
  }
  const renyi = epsilonFromRenyi(renyiCurve(events), delta).value;
  const tight = worst(composition, (losses) => epsilonOfLosses(losses, delta));
  return tight < renyi ? { epsilon: tight, method: 'privacy-loss' } : { epsilon: renyi, method: 'renyi' };
}

/**
 * The smallest delta that is known to hold with `epsilon` for everything that was released.
 *
 * @throws {InvalidInput} For events that make no sense, or a negative epsilon.
 */
export function deltaOf(events: readonly PrivacyEvent[], epsilon: number): DeltaFigure {
  if (!(epsilon >= 0)) {
    throw new InvalidInput('privacy', [{ path: 'epsilon', message: `expected at least 0, got ${epsilon}` }]);
  }
  const composition = composed(events);
  if (composition.sampled.length === 0) {
    return { delta: gaussianDelta(noiseOf(composition), epsilon), method: 'exact' };
  }
  const renyi = deltaFromRenyi(renyiCurve(events), epsilon).value;
  const tight = worst(composition, (losses) => deltaOfLosses(losses, epsilon));
  return tight < renyi ? { delta: tight, method: 'privacy-loss' } : { delta: renyi, method: 'renyi' };
}

function noiseOf({ squaredSignal }: Composition): number {
  return 1 / Math.sqrt(squaredSignal);
}

/** The larger figure of both directions; infinite where the distribution cannot be computed. */
function worst(composition: Composition, figureOf: (losses: ComposedLosses) => number): number {
  const directions = privacyLossOf(composition);
  return directions ? Math.max(...directions.map(figureOf)) : Infinity;
}
