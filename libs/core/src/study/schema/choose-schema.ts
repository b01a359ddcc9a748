/** The schema of the recipes among which a study chooses on its labelled people. */

import { z } from 'zod';
import type { AugmentPlan } from '../../augment/augmentation.js';
import { derivedChannelNames } from '../../inputs/derived-channels.js';
import type { Candidate, ChoosePlan } from '../study.js';
import { count, normalisation, plainName, positive } from './schema-values.js';
import { augmentPlan } from './stage-schema.js';

const MAX_FOLDS = 5;
const PRECISION = 0.9;

/** A name must not be a number: such keys of an object would come first, in ascending order. */
const candidateName = plainName.regex(/[a-z]/, 'more than a number');

const recipe = {
  augment: z
    .union([z.literal('none'), augmentPlan])
    .exactOptional()
    .describe('Of every stage, and of after'),
  derived: z
    .union([z.literal('none'), z.array(z.enum(derivedChannelNames)).min(1)])
    .exactOptional()
    .describe("In place of the sensors'"),
  normalisation: normalisation.exactOptional().describe("In place of the sensors'"),
  learningRate: positive.exactOptional().describe('Of the first supervised stage of the coordinator'),
  steps: count.exactOptional().describe('Of the first supervised stage of the coordinator'),
};

const candidates = z
  .union([
    z.literal('default'),
    z.record(candidateName, z.strictObject(recipe)),
    z.array(z.strictObject({ name: candidateName, ...recipe })),
  ])
  .default('default')
  .transform((written): readonly Candidate[] => {
    if (written === 'default') {
      return defaultCandidates;
    }
    return Array.isArray(written) ? written : Object.entries(written).map(([name, said]) => ({ name, ...said }));
  })
  .describe('Recipes by their names, the preferred one first: what one says takes the place of what the study says');

const written = z.strictObject({
  folds: z
    .int()
    .min(2)
    .max(MAX_FOLDS)
    .default(MAX_FOLDS)
    .describe('Labelled people are held out one at a time, or in this many groups where there are more'),
  precision: z
    .number()
    .gt(0)
    .lt(1)
    .default(PRECISION)
    .describe('Share of a class that must be right among held-out windows from its threshold on'),
  candidates,
});

/** `default` stands for the default candidates. The parsed value is a list, which parses to itself. */
export const choosePlan: z.ZodType<ChoosePlan> = z
  .union([z.literal('default'), written])
  .transform((plan): ChoosePlan => (plan === 'default' ? written.parse({}) : plan))
  .describe('The recipe is chosen on the labelled people before the study begins');

/**
 * Augmentation for differences between people who carry the same phone in the same way: speed, force, and how well it
 * sits.
 */
const sameWay: AugmentPlan = { stretch: 0.1, turn: 20, dynamics: 0.15, noise: 0.03 };

const withAxes = { derived: ['magnitude', 'vertical', 'horizontal'], normalisation: 'axes' } as const;

/** The recipes among which a study chooses if it names none; the first is kept in case of doubt. */
export const defaultCandidates: readonly Candidate[] = [
  // Loose in a pocket: possibly upside down or back to front, but aligned with the body.
  { name: 'pocket', augment: { ...sameWay, mirror: true }, ...withAxes },
  // In a holder, which everybody wears in the same orientation.
  { name: 'fixed', augment: sameWay, ...withAxes },
  // The same where sites calibrate their sensors differently, or where the posture of a body part tells little.
  { name: 'fixed-z', augment: sameWay, derived: withAxes.derived, normalisation: 'z' },
  // In any direction, as in a bag or a hand: only what does not depend on orientation can be learned.
  { name: 'free', augment: { ...sameWay, mirror: true, turn: 180 }, ...withAxes },
];
