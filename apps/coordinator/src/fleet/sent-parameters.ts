/** The forms in which one set of parameters travels, each made once for all clients that get it so. */

import { patchBetween, type Digest } from '@gaitway/core';
import type { ParameterCache, SentParameters } from '@gaitway/protocol';

/** What the coordinator knows of a client: the digests of the parameters that it has. */
export type ClientMemory = ParameterCache<true>;

/** Bytes of a patch beside gaps and values, and those of no whole: the base's digest with its name, the gaps' name. */
const BASE_BYTES = 81;

/**
 * Gives the form for a client, which has the parameters from then on: their digest where it has them, else the smallest
 * patch of what it has, else the whole.
 *
 * @param bases - The values of earlier parameters, as far as they are still there
 */
export function sentForms(
  digest: Digest,
  values: Float32Array,
  bases: ParameterCache<Float32Array>,
): (client: ClientMemory) => SentParameters {
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
