/**
 * Finding who spoils masked rounds. Nobody sees single updates there, so a round whose sum cannot be used tells no more than
 * that somebody in it lies. The next rounds ask halves of the suspects, together with clients that were in usable sums since,
 * until one of a spoiled round is left who was in no usable one: group testing by halves (Dorfman 1943, Hwang 1972).
 */

import type { Rng } from '../../math/random.js';
import { shuffledIndices } from '../../math/random.js';
import { COORDINATOR } from '../../study/study.js';
import type { ClientId } from '../fleet/fleet.js';
import type { ClosedRound } from '../round.js';

/** What the rounds of a stage have told: plain data. */
export interface Suspicions {
  /** For each spoiled round that is not explained yet, the clients in it that can have spoiled it. */
  readonly suspected: readonly (readonly ClientId[])[];
  /** Clients that were in usable sums since the first of these rounds. */
  readonly cleared: readonly ClientId[];
  /** Clients that were found, and are asked no more. */
  readonly excluded: readonly ClientId[];
}

export const nobodySuspected: Suspicions = { suspected: [], cleared: [], excluded: [] };

/** What is known after one more round. */
export function afterRound(before: Suspicions, outcome: ClosedRound): Suspicions {
  const { suspected, cleared, excluded } = before;
  if (outcome.phase === 'completed') {
    const usable = outcome.clients.filter((entry) => entry.outcome === 'answered').map(({ client }) => client);
    return suspected.length === 0
      ? before
      : explained({ suspected, cleared: [...new Set([...cleared, ...usable])], excluded });
  }
  const suspects = outcome.suspects?.filter((client) => client !== COORDINATOR) ?? [];
  if (suspects.length === 0) {
    return before;
  }
  // Where all have been cleared, somebody has begun to lie since, and nobody is cleared any more.
  return suspects.every((client) => cleared.includes(client))
    ? explained({ suspected: [suspects], cleared: [], excluded })
    : explained({ suspected: [...suspected, suspects], cleared, excluded });
}

/** Takes cleared clients off the lists of suspects, and who is left alone on one is found. */
function explained({ suspected, cleared, excluded }: Suspicions): Suspicions {
  const left = suspected.map((suspects) => suspects.filter((client) => !cleared.includes(client)));
  const found = left.filter(({ length }) => length === 1).flat();
  if (found.length === 0) {
    return { suspected: left.filter(({ length }) => length > 0), cleared, excluded };
  }
  const open = left.filter((suspects) => suspects.length > 0 && !suspects.some((client) => found.includes(client)));
  return {
    suspected: open,
    cleared: open.length > 0 ? cleared : [],
    excluded: [...new Set([...excluded, ...found])].sort(),
  };
}

/**
 * Chooses a cohort that tells more: half of the smallest list of suspects, and as many others as a round asks.
 *
 * @param available - Those that can be asked, without the excluded ones
 * @param size - Number of clients that a round asks
 * @param rng - Its own for each round: a cohort that told nothing is not asked for ever
 * @returns undefined where nobody is suspected
 */
export function dividingCohort(
  { suspected, cleared }: Suspicions,
  available: readonly ClientId[],
  size: number,
  rng: Rng,
): readonly ClientId[] | undefined {
  const present = suspected
    .map((suspects) => suspects.filter((client) => available.includes(client)))
    .filter(({ length }) => length > 0);
  const [focus] = present.toSorted((a, b) => a.length - b.length);
  if (!focus) {
    return undefined;
  }
  const shuffled = (clients: readonly ClientId[]): readonly ClientId[] =>
    [...shuffledIndices(clients.length, rng)].flatMap((index) => clients[index] ?? []);
  const [...mixed] = shuffled(focus);
  const half = mixed.splice(0, Math.max(1, Math.floor(mixed.length / 2)));
  const others = available.filter((client) => !focus.includes(client));
  const trusted = others.filter((client) => cleared.includes(client));
  const suspicious = new Set(suspected.flat());
  const neutral = others.filter((client) => !cleared.includes(client) && !suspicious.has(client));
  const rest = others.filter((client) => !cleared.includes(client) && suspicious.has(client));
  const inOrder = [...half, ...shuffled(trusted), ...shuffled(neutral), ...shuffled(rest), ...mixed];
  return inOrder.slice(0, Math.max(size, half.length)).sort();
}
