/** The digests that both sides compare before any parameters travel. */

import type { Study } from '@gaitway/core';
import type { Digest } from '@gaitway/core/internal';
import { layoutDigest, layoutOf } from '@gaitway/core/model';
import { stagePlans } from '@gaitway/core/study';

/** The digest of the parameter layout of each stage, by stage. Two sides that build the same networks have the same. */
export async function layoutDigests(study: Study): Promise<Readonly<Record<string, Digest>>> {
  const entries = stagePlans(study).map(
    async ({ name, network }) => [name, await layoutDigest(layoutOf(network))] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
