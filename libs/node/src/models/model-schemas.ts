/** Schemas of the parts of a model's metadata. */

import {
  derivedChannelNames,
  headKindNames,
  type NetworkSpec,
  type Normalisation,
  type SensorPlan,
} from '@gaitway/core';
import { z } from 'zod';

const positive = z.int().positive();

export const sensorsSchema: z.ZodType<SensorPlan> = z.strictObject({
  channels: z.array(z.string()),
  rateHz: z.number().positive(),
  window: positive,
  step: positive,
  derived: z.array(z.enum(derivedChannelNames)).exactOptional(),
  normalisation: z.enum(['axes', 'z', 'site']),
  otherActivities: z.enum(['refuse', 'unlabelled']),
});

export const normalisationSchema: z.ZodType<Normalisation> = z.strictObject({
  mean: z.array(z.number()),
  standardDeviation: z.array(z.number().positive()),
});

export const networkSchema: z.ZodType<NetworkSpec> = z.strictObject({
  window: z.strictObject({ length: positive, channels: positive }),
  convolutions: z.array(z.strictObject({ filters: positive, kernel: positive })),
  dropoutRate: z.number().nonnegative(),
  l2: z.number().nonnegative(),
  heads: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(headKindNames),
      outputs: z.array(z.string()),
      hiddenUnits: z.int().nonnegative(),
    }),
  ),
  sharedConvolutions: z.int().nonnegative().exactOptional(),
  softSharing: z.number().nonnegative().exactOptional(),
  sharedHidden: z
    .strictObject({ units: positive, descriptor: z.enum(['concatenated', 'added', 'gated']) })
    .exactOptional(),
});
