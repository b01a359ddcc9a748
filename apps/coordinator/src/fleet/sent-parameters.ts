/** The forms in which a set of parameters can travel, each made once for all clients that get it in that form. */

import { patchBetween, type Digest } from '@gaitway/core';
import type { ParameterCache, SentParameters } from '@gaitway/protocol';

/** The parameters that a client has in its cache, by digest: the coordinator knows them without having asked. */
export type KnownParameters = ParameterCache<true>;

/** Bytes that a patch has and whole parameters do not: the base's digest and the names of two fields. */
const BASE_BYTES = 81;

/**
 * Returns a function that chooses the form for a client: the digest where the client has the parameters, else the smallest
 * patch of parameters that it has, else the whole. It notes that the client has the parameters from then on.
 *
 * @param bases - Earlier parameters that are still in memory, of which patches can be made
 */
export function sentForms(
  digest: Digest,
  values: Float32Array,
  bases: ParameterCache<Float32Array>,
): (client: KnownParameters) => SentParameters {
  const whole = { kind: 'whole', digest, values } as const;
  const known = { kind: 'known', digest } as const;
  const patches = new Map<Digest, Patch | undefined>();
  const patchOf = (base: Digest): Patch | undefined => {
    if (!patches.has(base)) {
      const patch = patchBetween(bases.get(base) ?? new Float32Array(), values, values.byteLength - BASE_BYTES);
      patches.set(base, patch && { kind: 'patch', digest, base, ...patch });
    }
    return patches.get(base);
  };
  return (client) => {
    const sent = client.get(digest) ? known : (smallest(client.digests().map(patchOf)) ?? whole);
    client.add(digest, true);
    return sent;
  };
}

type Patch = Extract<SentParameters, { readonly kind: 'patch' }>;

function smallest(patches: readonly (Patch | undefined)[]): Patch | undefined {
  const bytes = ({ gaps, values }: Patch): number => gaps.length + values.byteLength;
  return patches.filter((patch) => patch !== undefined).sort((a, b) => bytes(a) - bytes(b))[0];
}
