/** The metadata of a stored model: enough to run it on new recordings. */

import {
  InvalidInput,
  parseInput,
  type Digest,
  type NetworkSpec,
  type Normalisation,
  type SensorPlan,
} from '@gaitway/core';
import { z } from 'zod';
import { networkSchema, normalisationSchema, sensorsSchema } from './model-schemas.js';

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
