/**
 * The compression of updates as a study specifies it, with functions to pack and unpack deltas. With error feedback,
 * what was not sent is added to the next update (Seide et al. 2014, "1-bit stochastic gradient descent"; Karimireddy
 * et al. 2019, arXiv 1901.09847, algorithm 2).
 */

import { z } from 'zod';
import type { Rng } from '../../math/random.js';
import * as allCompressions from './all-compressions.js';
import type { CompressionKind, DecodeError } from './compression-kind.js';

type AnyKind = (typeof allCompressions)[keyof typeof allCompressions];

/** The settings of one compression, including defaults. */
export type CompressionPlan = z.infer<AnyKind['settings']>;

/** A delta in the form in which it is sent. */
export type PackedDelta = ReturnType<AnyKind['pack']>;

/** Local minus global parameters, uncompressed or in the form in which they are sent. */
export type Delta = Float32Array | PackedDelta;

/** Keyed by name, which determines the types of the settings and of the packed delta. */
const kinds: ReadonlyMap<string, CompressionKind<CompressionPlan, PackedDelta>> = new Map(
  Object.values(allCompressions as Readonly<Record<string, unknown>>)
    .map((kind) => kind as CompressionKind<CompressionPlan, PackedDelta>)
    .map((kind) => [kind.kind, kind]),
);

const names = [...kinds.keys()] as CompressionPlan['kind'][];
const [firstSettings, ...otherSettings] = [...kinds.values()].map(({ settings }) => settings);

/** A compression as a study writes it: its name, or its kind with settings. The parsed value has every setting. */
export const compressionPlan: z.ZodType<CompressionPlan> = z
  .union([z.enum(names), z.discriminatedUnion('kind', [firstSettings!, ...otherSettings])])
  .transform((written) => (typeof written === 'string' ? kindOf(written).settings.parse({ kind: written }) : written))
  .transform(({ feedback, ...others }): CompressionPlan => (feedback ? { ...others, feedback } : others))
  .describe("In what form the clients' updates travel: a compression's name, or its kind with settings");

/** Packs a delta as a plan specifies. Stochastic rounding draws from `rng`. */
export function packDelta(delta: Float32Array, plan: CompressionPlan, rng: Rng): PackedDelta {
  return kindOf(plan.kind).pack(delta, plan, rng);
}

/** The numbers of a delta in any form, of which there must be `size`; or why they cannot be had. */
export function unpackDelta(delta: Delta, size: number): Float32Array | DecodeError {
  return delta instanceof Float32Array ? delta : kindOf(delta.kind).unpack(delta, size);
}

function kindOf(name: CompressionPlan['kind']): CompressionKind<CompressionPlan, PackedDelta> {
  return kinds.get(name)!;
}

export interface PackedWithFeedback {
  readonly delta: PackedDelta;
  /** e: the part that was not sent, shape [parameter]. */
  readonly residual: Float32Array;
}

/**
 * p = delta + e, sent as C(p); e ← p - C(p).
 *
 * @param residual - e after the last update that counted; undefined before the first, when it is zero
 */
export function packWithFeedback(
  delta: Float32Array,
  residual: Float32Array | undefined,
  plan: CompressionPlan,
  rng: Rng,
): PackedWithFeedback {
  const wanted = residual ? delta.map((value, index) => value + residual[index]!) : delta;
  const packed = packDelta(wanted, plan, rng);
  const sent = unpackDelta(packed, wanted.length);
  if (!(sent instanceof Float32Array)) {
    throw new Error(`Expected ${sent.expected} in what was just packed, found ${sent.found}`);
  }
  return { delta: packed, residual: wanted.map((value, index) => value - sent[index]!) };
}
