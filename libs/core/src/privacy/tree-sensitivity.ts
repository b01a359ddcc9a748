/**
 * The sensitivity of tree aggregation when a unit takes part more than once. A node that holds c of its participations
 * changes by up to c times the norm of one, so the squared sensitivity of the whole tree is the largest Σ c² over its
 * nodes, among all ways of taking part (P. Kairouz et al. 2021, arXiv 2103.00039; S. Denisov et al. 2022,
 * arXiv 2202.08312, for models that depend on earlier releases).
 */

/** How a unit takes part in the steps of a tree. */
export interface Participation {
  readonly steps: number;
  /** In how many steps, at most. */
  readonly participations: number;
  /** How many steps from one to the next, at least. */
  readonly separation: number;
}

/** A way of taking part in the steps of a complete subtree. */
interface Way {
  /** Number of steps that it leaves free at the end. */
  readonly free: number;
  /** Σ c² over the nodes. */
  readonly sum: number;
}

/**
 * The largest Σ c² over the nodes of a binary tree, in units of the squared norm of one participation. Nodes count that
 * become complete: running sums are sums of these. Exact, by dynamic programming over complete subtrees.
 *
 * @example
 * treeSensitivity({ steps: 8, participations: 1, separation: 1 }); // 4: a leaf and the three nodes above it
 */
export function treeSensitivity({ steps, participations, separation }: Participation): number {
  const ways = waysThrough(separation);
  const known = new Map<string, number>();

  /** The best from step `start` on, of which the first `closed` are closed; one tree for each binary digit of the rest. */
  const from = (start: number, closed: number, count: number): number => {
    if (start + closed >= steps || count === 0) {
      return 0;
    }
    const key = `${start} ${closed} ${count}`;
    const found = known.get(key);
    if (found !== undefined) {
      return found;
    }
    const size = 2 ** Math.floor(Math.log2(steps - start));
    let best = from(start + size, Math.max(0, closed - size), count);
    for (let here = 1; here <= Math.min(count, room(size, closed, separation)); here++) {
      for (const { free, sum } of ways(size, closed, here)) {
        best = Math.max(best, sum + from(start + size, Math.max(0, separation - 1 - free), count - here));
      }
    }
    known.set(key, best);
    return best;
  };
  return from(0, 0, participations);
}

/** How many participations fit into `size` steps, the first `closed` of which are closed. */
function room(size: number, closed: number, separation: number): number {
  return Math.max(0, Math.ceil((size - closed) / separation));
}

type Ways = (size: number, closed: number, count: number) => readonly Way[];

/**
 * The ways of taking part exactly `count` times in a complete subtree, the first `closed` steps of which are closed. Only
 * those are kept that no other one equals in both what it leaves free and its sum, which are few.
 */
function waysThrough(separation: number): Ways {
  const known = new Map<string, readonly Way[]>();

  const ways: Ways = (size, closed, count) => {
    if (count > room(size, closed, separation)) {
      return [];
    }
    if (count === 0) {
      return [{ free: size, sum: 0 }];
    }
    if (count === 1) {
      return [{ free: size - closed - 1, sum: Math.log2(size) + 1 }];
    }
    const key = `${size} ${closed} ${count}`;
    const found = known.get(key) ?? undominated(joined(size / 2, closed, count));
    known.set(key, found);
    return found;
  };

  const joined = (half: number, closed: number, count: number): readonly Way[] => {
    const all: Way[] = [];
    const own = count * count;
    for (const { free, sum } of ways(half, Math.max(0, closed - half), count)) {
      all.push({ free, sum: sum + own });
    }
    for (let first = 1; first <= Math.min(count, room(half, closed, separation)); first++) {
      for (const left of ways(half, closed, first)) {
        const next = count === first ? 0 : Math.max(0, separation - 1 - left.free);
        for (const right of ways(half, next, count - first)) {
          const free = count === first ? half + left.free : right.free;
          all.push({ free, sum: left.sum + right.sum + own });
        }
      }
    }
    return all;
  };
  return ways;
}

function undominated(ways: readonly Way[]): readonly Way[] {
  const kept: Way[] = [];
  for (const way of ways.toSorted((a, b) => b.sum - a.sum || b.free - a.free)) {
    const last = kept.at(-1);
    if (!last || way.free > last.free) {
      kept.push(way);
    }
  }
  return kept;
}
