/**
 * Sums of masked vectors: what the coordinator keeps of a round, whatever the number of clients. A client's masked input is
 * the sum over one client. A part in the same form may come from a gateway that has added some clients already.
 */

import { AggregationRefused } from '../refusal.js';
import { addPacked, pack, type Ring } from './ring.js';

/** A sum of masked vectors as it travels: the one form for a client's own vector and for the sum over several clients. */
export interface PartialSum {
  /** Who is in it, in the order of their names. */
  readonly members: readonly string[];
  /** The values modulo 2^bits, little-endian, as many bytes each as the ring needs. */
  readonly values: Uint8Array;
}

/** A sum that grows. Its values are added to in place, so an older one must not be used again. */
export interface MaskedSum {
  readonly members: ReadonlySet<string>;
  readonly values: Float64Array;
}

/** The sum over nobody. @param size - Number of values */
export function emptySum(size: number): MaskedSum {
  return { members: new Set(), values: new Float64Array(size) };
}

/**
 * Adds a part.
 *
 * @throws AggregationRefused when the part is of another size, or has somebody who is in the sum already; the sum is then
 *   unchanged
 */
export function addPart(sum: MaskedSum, part: PartialSum, ring: Ring): MaskedSum {
  const members = new Set([...sum.members, ...part.members]);
  if (part.members.length === 0 || members.size !== sum.members.size + part.members.length) {
    throw new AggregationRefused('expected a part with members that are not in the sum yet');
  }
  addPacked(sum.values, part.values, ring);
  return { members, values: sum.values };
}

/** The sum so far as a part of a larger one. */
export function partOf({ members, values }: MaskedSum, ring: Ring): PartialSum {
  return { members: [...members].sort(), values: pack(values, ring) };
}
