/**
 * Sums of masked vectors: what the coordinator keeps of a round, whatever the number of clients. A client's masked input is
 * the sum over one client. A part in the same form may come from a gateway that has added some clients already.
 */

import { AggregationRefused } from '../refusal.js';
import { addAll, isOfRing, pack, packedParts, type Residues } from './residues.js';
import type { Ring } from './ring.js';

/** A sum of masked vectors as it travels: the one form for a client's own vector and for the sum over several clients. */
export interface PartialSum {
  /** Who is in it, in the order of their names. */
  readonly members: readonly string[];
  /** The packed values. */
  readonly values: Uint8Array;
}

/** A sum that grows. Its values are added to in place, so an older one must not be used again. */
export interface MaskedSum {
  readonly members: ReadonlySet<string>;
  readonly values: Residues;
}

/** The sum over nobody. @param size - Number of values */
export function emptySum(size: number): MaskedSum {
  return { members: new Set(), values: new BigInt64Array(size) };
}

/**
 * Adds a part.
 *
 * @throws AggregationRefused when the part is of another size, has values that are none of the ring, or somebody who is in
 *   the sum already; the sum is then unchanged
 */
export function addPart(sum: MaskedSum, part: PartialSum, ring: Ring): MaskedSum {
  const members = new Set([...sum.members, ...part.members]);
  if (part.members.length === 0 || members.size !== sum.members.size + part.members.length) {
    throw new AggregationRefused('expected a part with members that are not in the sum yet');
  }
  const expected = sum.values.length * ring.bytesPerValue;
  if (part.values.length !== expected) {
    throw new AggregationRefused(`expected ${expected} bytes of values, found ${part.values.length}`);
  }
  if (!isOfRing(part.values, sum.values.length, ring)) {
    throw new AggregationRefused(`expected values below 2^${ring.bits}`);
  }
  addAll(sum.values, [{ parts: packedParts(part.values), sign: 1 }], ring);
  return { members, values: sum.values };
}

/** The sum so far as a part of a larger one. */
export function partOf({ members, values }: MaskedSum, ring: Ring): PartialSum {
  return { members: [...members].sort(), values: pack(values, ring) };
}
