/** What both sides compare before numbers travel. */

import { layoutDigest, layoutOf, stagePlans, type Digest, type Study } from '@gaitway/core';

/** The digest of each stage's layout, by stage. Equal on two sides when both make the same networks of the study. */
export async function layoutDigests(study: Study): Promise<Readonly<Record<string, Digest>>> {
  const entries = stagePlans(study).map(
    async ({ name, network }) => [name, await layoutDigest(layoutOf(network))] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
