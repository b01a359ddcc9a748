/**
 * Who holds whose shares, and who masks with whom. Up to 201 clients everybody does with everybody (Bonawitz et al. 2017,
 * "Practical Secure Aggregation for Privacy-Preserving Machine Learning"). In larger cohorts each client has 200 neighbours
 * on a Harary graph of a random order (Bell et al. 2020, "Secure Single-Server Aggregation with (Poly)Logarithmic
 * Overhead", algorithm 1), so that a client's work does not grow with the cohort.
 */

import { chacha20 } from '@noble/ciphers/chacha.js';
import { hexToBytes } from '@noble/hashes/utils.js';

/** Neighbours of each client in a large cohort: so many on each side of it in the order. */
const REACH = 100;

/** The largest cohort in which everybody is everybody's neighbour. */
const LARGEST_COMPLETE_COHORT = 2 * REACH + 1;

/** Bytes of a draw. Of a number below 2^48, the rest by a cohort's size is as good as uniform. */
const DRAW_BYTES = 6;

/**
 * The smallest threshold at which a coordinator that lies, together with less than a third of `count` clients, cannot get
 * the shares of both secrets of a client, nor signatures for two lists of survivors: floor(2 count / 3) + 1 (Bonawitz et
 * al. 2017, section 6.2).
 */
export function smallestThreshold(count: number): number {
  return Math.floor((2 * count) / 3) + 1;
}

/**
 * The order of a large cohort's ring: a random permutation, for which the digest of the cohort is the seed. It is public, and
 * fixed only when every client has made its keys.
 *
 * @param digest - SHA-256 in hexadecimal
 */
export function ringOrder(names: readonly string[], digest: string): readonly string[] {
  if (names.length <= LARGEST_COMPLETE_COHORT) {
    return names;
  }
  const draws = chacha20(hexToBytes(digest), new Uint8Array(12), new Uint8Array(names.length * DRAW_BYTES));
  const order = [...names];
  for (let last = order.length - 1; last > 0; last--) {
    const bytes = draws.subarray(last * DRAW_BYTES, (last + 1) * DRAW_BYTES);
    const drawn = bytes.reduceRight((number, byte) => number * 256 + byte, 0) % (last + 1);
    [order[last], order[drawn]] = [order[drawn]!, order[last]!];
  }
  return order;
}

/**
 * The holders of a client's shares, in the order of their names: the client and its neighbours. Whoever is a client's
 * neighbour has it for a neighbour.
 *
 * @param order - {@link ringOrder}; names in their own order, in a small cohort
 * @param place - The client's place in the order
 */
export function holdersAt(order: readonly string[], place: number): readonly string[] {
  if (order.length <= LARGEST_COMPLETE_COHORT) {
    return order;
  }
  const around = Array.from({ length: LARGEST_COMPLETE_COHORT }, (_, step) => place - REACH + step);
  return around.map((at) => order[(at + order.length) % order.length]!).sort();
}
