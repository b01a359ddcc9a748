/** Recipes among which a study chooses where it names none; the first is the one that is kept in doubt. */

import type { AugmentPlan } from '../../augment/augmentation.js';
import type { Candidate } from '../study.js';

/** What differs between people who carry the same phone in the same way: speed, force, and how well it sits. */
const sameWay: AugmentPlan = { stretch: 0.1, turn: 20, dynamics: 0.15, noise: 0.03 };

const withAxes = { derived: ['magnitude', 'vertical', 'horizontal'], normalisation: 'axes' } as const;

export const defaultCandidates: readonly Candidate[] = [
  // Loose in a pocket: upside down and back to front, but along the body.
  { name: 'pocket', augment: { ...sameWay, mirror: true }, ...withAxes },
  // In a holder, which everybody wears the same way round.
  { name: 'fixed', augment: sameWay, ...withAxes },
  // The same where sites calibrate their sensors differently, or the posture of a part tells little.
  { name: 'fixed-z', augment: sameWay, derived: withAxes.derived, normalisation: 'z' },
  // In any direction, as in a bag or a hand: only what no turn changes is left to learn from.
  { name: 'free', augment: { ...sameWay, mirror: true, turn: 180 }, ...withAxes },
  // Nothing but the windows: as published.
  { name: 'plain', augment: 'none', derived: 'none', normalisation: 'z' },
];
