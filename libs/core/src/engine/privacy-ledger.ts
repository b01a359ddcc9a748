/**
 * What counts the releases of private rounds: whether those of a study stay within its budget, and a ledger for studies
 * whose releases nobody stores.
 */

import { StudyStopped } from '../errors.js';
import { epsilonOf } from '../privacy/epsilon.js';
import type { PrivacyEvent, SampledGaussianEvent } from '../privacy/events.js';
import type { RandomBytes } from '../privacy/random-integers.js';
import type { PrivacyBudget } from '../privacy/calibrate.js';
import type { NoisePlan, Study } from '../study/study.js';

/** A round whose result is going to be released. */
export interface PlannedRelease {
  readonly stage: string;
  readonly round: number;
  readonly event: SampledGaussianEvent;
}

/** What a round draws from. Whoever knows it can take the noise off again. */
export interface RoundSecret {
  readonly cohort: RandomBytes;
  readonly noise: RandomBytes;
}

/** Counts what a study's releases reveal, and stops the study before they reveal more than its budget permits. */
export interface PrivacyLedger {
  /**
   * Records a release before anything of it is computed. A round that is asked for again, because its result was lost, gets
   * the same secret and is recorded once.
   *
   * @throws StudyStopped when the release would exceed the budget
   */
  open(release: PlannedRelease): Promise<RoundSecret>;
}

/**
 * What the accountant is told of one round with this plan. Neighbours differ in whether one unit's update counts, so the sum
 * moves by the clip at most; under local noise any update is hidden behind any other, and they differ by twice the clip.
 */
export function releaseOf({ sampling, noiseMultiplier, noise }: ReleasedNoise): SampledGaussianEvent {
  const multiplier = noise === 'local' ? noiseMultiplier / 2 : noiseMultiplier;
  return { kind: 'sampled-gaussian', rate: sampling, noiseMultiplier: multiplier, count: 1 };
}

type ReleasedNoise = Pick<NoisePlan, 'sampling' | 'noiseMultiplier' | 'noise'>;

/** The releases of all private rounds of a study, in their order; none for a study without a budget. */
export function plannedReleases({ stages }: Study): readonly PlannedRelease[] {
  return stages.flatMap((stage) => {
    if (stage.where === 'coordinator' || !stage.privacy) {
      return [];
    }
    const event = releaseOf(stage.privacy);
    return Array.from({ length: stage.rounds }, (_, index) => ({ stage: stage.name, round: index + 1, event }));
  });
}

/**
 * Passes when what was released and what is planned stay within a budget together. A part of the plan then does too.
 *
 * @throws StudyStopped with the figures
 */
export function requireWithinBudget(
  { epsilon, delta }: PrivacyBudget,
  spent: readonly PrivacyEvent[],
  planned: readonly PlannedRelease[],
): void {
  const total = epsilonOf([...spent, ...planned.map(({ event }) => event)], delta).epsilon;
  if (total > epsilon) {
    const before = spent.length > 0 ? `, of which ${formatEpsilon(epsilonOf(spent, delta).epsilon)} is spent` : '';
    throw new StudyStopped(
      `The privacy budget is epsilon ${epsilon} at delta ${delta}: expected rounds that stay within it, found ${planned.length} with which it would be ${formatEpsilon(total)}${before}. Nothing was asked; "gaitway privacy" shows what would fit`,
    );
  }
}

/** Epsilon with two decimals, rounded up: what is said is never less than what was spent. */
export function formatEpsilon(epsilon: number): string {
  return (Math.ceil(epsilon * 100) / 100).toFixed(2);
}

/**
 * A ledger in memory, for a study in one program: its rounds draw from the random source of the platform. What it counts is
 * forgotten with it.
 *
 * @throws StudyStopped when the study's rounds would exceed its budget
 */
export function sessionLedger(study: Study): PrivacyLedger | undefined {
  if (!study.privacy) {
    return undefined;
  }
  requireWithinBudget(study.privacy, [], plannedReleases(study));
  return { open: () => Promise.resolve({ cohort: platformRandom, noise: platformRandom }) };
}

/** WebCrypto gives at most so many bytes at once. */
const MOST_BYTES = 65_536;

function platformRandom(bytes: Uint8Array): void {
  const drawn = new Uint8Array(Math.min(MOST_BYTES, bytes.length));
  for (let start = 0; start < bytes.length; start += drawn.length) {
    bytes.set(crypto.getRandomValues(drawn).subarray(0, bytes.length - start), start);
  }
}
