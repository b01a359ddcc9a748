/**
 * The metadata of a stored model: all that it takes to apply it to new recordings, and to repeat the figures of its run.
 */

import { z } from 'zod';
import { InvalidInput } from '../errors.js';
import { derivedChannelNames } from '../inputs/derived-channels.js';
import type { Normalisation } from '../inputs/window-inputs.js';
import type { Digest } from '../math/digest.js';
import { headKindNames } from '../model/head-kinds/head-kinds.js';
import type { NetworkSpec } from '../model/network-spec.js';
import { parseInput } from '../parse-input.js';
import type { SensorPlan } from '../study/study.js';

/** Must change when an older reader would misread a newer file, or a newer reader lacks something in an older one. */
const FORMAT_VERSION = '2';

/** What the header of a model's file says. */

export interface ModelMetadata {
  /** Version of Gaitway that wrote it. */
  readonly gaitway: string;
  /** The study's name. */
  readonly study: string;
  readonly studyDigest: Digest;
  /** The stage of the study, or the step of a pipeline, that left these parameters behind. */
  readonly stage: string;
  /** Number of rounds of the stage. With the seed and the stage it determines how the test people are resampled. */
  readonly rounds: number;
  /** Seed of all draws of the study. */
  readonly seed: number;
  /** Classes, in the order of the outputs. */
  readonly activities: readonly string[];
  /** Channels, rate and windows that the model takes, and how its inputs are made of them. */
  readonly sensors: SensorPlan;
  /** Unit of the channels that are accelerations. */
  readonly unit: 'g';
  /** Absent where each site normalises by its own recordings. */
  readonly normalisation?: Normalisation;
  readonly network: NetworkSpec;
  /** Of the network's parameters. */
  readonly layoutDigest: Digest;
}

const positive = z.int().positive();

const sensorsSchema: z.ZodType<SensorPlan> = z.strictObject({
  channels: z.array(z.string()),
  rateHz: z.number().positive(),
  window: positive,
  step: positive,
  derived: z.array(z.enum(derivedChannelNames)).exactOptional(),
  normalisation: z.enum(['axes', 'z', 'site']),
  otherActivities: z.enum(['refuse', 'unlabelled']),
});

/** Schema of a normalisation that was stored as JSON. */
export const normalisationSchema: z.ZodType<Normalisation> = z.strictObject({
  mean: z.array(z.number()),
  standardDeviation: z.array(z.number().positive()),
});

const networkSchema: z.ZodType<NetworkSpec> = z.strictObject({
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

/** A schema of a value that is stored as JSON text, because the header holds only text. */
function jsonText<T>(schema: z.ZodType<T>): z.ZodType<T> {
  const parsed = z.string().transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'JSON', input: text });
      return z.NEVER;
    }
  });
  return parsed.pipe(schema);
}

const metadataSchema: z.ZodType<ModelMetadata> = z.object({
  gaitway: z.string(),
  study: z.string(),
  studyDigest: z.string(),
  stage: z.string(),
  rounds: jsonText(positive),
  seed: jsonText(z.int().nonnegative()),
  activities: jsonText(z.array(z.string())),
  sensors: jsonText(sensorsSchema),
  unit: z.literal('g'),
  normalisation: jsonText(normalisationSchema).exactOptional(),
  network: jsonText(networkSchema),
  layoutDigest: z.string(),
});

/** The metadata in the form of a safetensors header, keyed by name: strings as they are, other values as JSON. */
export function headerText(metadata: ModelMetadata): Readonly<Record<string, string>> {
  const entries = Object.entries(metadata as unknown as Record<string, unknown>).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries([['formatVersion', FORMAT_VERSION], ...entries]) as Record<string, string>;
}

/**
 * Reads the metadata of a safetensors header.
 *
 * @throws InvalidInput when the file was written by another program or in another version of the format.
 */
export function readHeaderText(header: Readonly<Record<string, string>>, source: string): ModelMetadata {
  const { formatVersion, ...rest } = header;
  if (formatVersion !== FORMAT_VERSION) {
    const message = `expected "${FORMAT_VERSION}", found ${foundVersion(formatVersion)}`;
    throw new InvalidInput(source, [{ path: 'metadata, formatVersion', message }]);
  }
  return parseInput(metadataSchema, rest, `${source}, metadata`);
}

function foundVersion(version: string | undefined): string {
  if (version === undefined) {
    return 'none: not a model of Gaitway?';
  }
  return version === '1'
    ? '"1": an older model, which does not say its unit, its seed and its rounds: run its study again'
    : `"${version}"`;
}

/** The names of a network's inputs: channels, then derived channels. */
export function inputNames({ channels, derived = [] }: Pick<SensorPlan, 'channels' | 'derived'>): readonly string[] {
  return [...channels, ...derived];
}
