/**
 * The metadata of a stored model: enough to run it on new recordings, and to say why other training cannot start from
 * it.
 */

import { InvalidInput, type SensorPlan } from '@gaitway/core';
import { derivedChannelNames, type Normalisation } from '@gaitway/core/inputs';
import { type Digest, parseInput } from '@gaitway/core/internal';
import { headKindNames, type NetworkSpec } from '@gaitway/core/model';
import { z } from 'zod';

/** Must change when an older reader would misread a newer file. */
const FORMAT_VERSION = '1';

export interface ModelMetadata {
  /** Version of Gaitway that wrote it. */
  readonly gaitway: string;
  /** The study's name. */
  readonly study: string;
  readonly studyDigest: Digest;
  readonly stage: string;
  /** Classes, in the order of the outputs. */
  readonly activities: readonly string[];
  readonly sensors: SensorPlan;
  /** Absent where each site normalises by its own recordings. */
  readonly normalisation?: Normalisation;
  readonly network: NetworkSpec;
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
  activities: jsonText(z.array(z.string())),
  sensors: jsonText(sensorsSchema),
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
    const found = formatVersion === undefined ? 'none: not a model of Gaitway?' : `"${formatVersion}"`;
    const message = `expected "${FORMAT_VERSION}", found ${found}`;
    throw new InvalidInput(source, [{ path: 'metadata, formatVersion', message }]);
  }
  return parseInput(metadataSchema, rest, `${source}, metadata`);
}

type Inputs = Pick<SensorPlan, 'channels' | 'derived' | 'normalisation'>;

/** The names of a network's inputs: channels, then derived channels. */
export function inputNames({ channels, derived = [] }: Pick<Inputs, 'channels' | 'derived'>): readonly string[] {
  return [...channels, ...derived];
}

/**
 * Inputs are distinguished by name and order, and axes in g from channels with mean 0 and deviation 1: without this
 * check, training would silently continue from a model of other signals.
 */
export function channelProblems({ sensors }: ModelMetadata, inputs: Inputs): readonly string[] {
  const expected = inputNames(inputs).join(', ');
  const found = inputNames(sensors).join(', ');
  if (expected !== found) {
    return [`expected a model of the channels ${expected}, found one of ${found}`];
  }
  return (sensors.normalisation === 'axes') === (inputs.normalisation === 'axes')
    ? []
    : [`expected a model whose normalisation is ${inputs.normalisation}, found ${sensors.normalisation}`];
}

type Convolutions = NetworkSpec['convolutions'];

/**
 * A core that begins with other convolutions has nothing to take over: its upper layers learned from other features.
 * Convolutions that tasks do not share are not taken over.
 */
export function coreProblems({ network }: ModelMetadata, convolutions: Convolutions): readonly string[] {
  const expected = convolutionsText(convolutions);
  const shared = network.convolutions.slice(0, network.sharedConvolutions);
  const found = convolutionsText(shared.slice(0, convolutions.length)) || 'none that its tasks share';
  return found === expected
    ? []
    : [`expected a model whose convolutions begin with ${expected} (filters x time steps), found ${found}`];
}

function convolutionsText(convolutions: Convolutions): string {
  return convolutions.map(({ filters, kernel }) => `${filters} x ${kernel}`).join(', ');
}
