/**
 * The trust boundary of aggregation. Over sockets, the codec has already validated the form of the message; here the
 * content of an update is checked, wherever it comes from. What {@link admitUpdate} admits cannot break the aggregate's
 * arithmetic, whatever else is added to it.
 */

import { UpdateRefused } from '../errors.js';
import { largestMagnitude } from '../math/long-vectors.js';
import { unpackDelta, type Delta } from './compression/compression-plan.js';
import { largestAddend } from './exact-sum.js';

/**
 * The largest change of one number in a round. The numbers of a trained network are below 10 or so, and a round moves
 * them by less; what is far beyond that is no result of training, and would ruin the model for everybody.
 */
export const LARGEST_CHANGE = 1000;

/** The most windows that one client can claim: years of recording. */
export const LARGEST_WINDOW_COUNT = 10_000_000;

/** What a client sent, not yet checked. */
export interface UpdateClaim {
  readonly stage: string;
  readonly round: number;
  /** Local minus global parameters, in whatever form they were sent. */
  readonly delta: Delta;
  /** Change of the client's control variate. */
  readonly control?: Float32Array;
  /** Number of windows that the client trained on. */
  readonly examples: number;
  readonly summary: WindowCounts;
}

/** The numbers of windows in a client's report on its training. */
interface WindowCounts {
  /** Windows that it could have used; null where they are too few to be told. */
  readonly windows: number | null;
  /** [class]; windows whose label it used; null where they are too few to be told. */
  readonly accepted?: readonly (number | null)[];
}

/** What the coordinator asked for. */
export interface ExpectedUpdate {
  readonly stage: string;
  readonly round: number;
  /** Number of parameters. */
  readonly size: number;
  /** Number of clients that were asked in the round. The bounds depend on it alone, never on who answered first. */
  readonly cohort: number;
  /** Number of activities of the study. */
  readonly activities: number;
  /** Whether the update must contain a control variate, which has `size` numbers too. */
  readonly control?: boolean;
}

/** An update that was admitted. */
export interface ClientUpdate {
  readonly client: string;
  /** Local minus global parameters, all finite. */
  readonly delta: Float32Array;
  /** Change of the client's control variate, all finite; present where the coordinator asked for it. */
  readonly control?: Float32Array;
  /** Weight of the update, a positive integer. */
  readonly examples: number;
}

/**
 * The update, once everything about it has been checked: stage and round, length, finiteness, the size of the change,
 * numbers of windows (no more examples than windows), and that examples times the largest change stays within the exact
 * range of a cohort's sum (`largestAddend`); likewise for its control variate, where there is one.
 *
 * @throws UpdateRefused naming the client, what was expected and what was found
 */
export function admitUpdate(client: string, claim: UpdateClaim, expected: ExpectedUpdate): ClientUpdate {
  requireSameRound(client, claim, expected);
  const { examples, summary } = claim;
  const delta = unpackDelta(claim.delta, expected.size);
  if (!(delta instanceof Float32Array)) {
    throw refusal(client, delta.expected, delta.found);
  }
  requireSize(client, delta, expected.size);
  requireCount(client, 'examples', examples, { from: 1, to: LARGEST_WINDOW_COUNT });
  requireSummary(client, summary, expected.activities);
  if (summary.windows !== null && examples > summary.windows) {
    throw refusal(client, `no more examples than windows, of which it has ${summary.windows}`, `${examples}`);
  }
  const change = largestFinite(client, delta);
  if (change > LARGEST_CHANGE) {
    throw refusal(client, `numbers that change by at most ${LARGEST_CHANGE}`, `${change}`);
  }
  const bound = largestAddend(expected.cohort);
  if (examples * change > bound) {
    throw refusal(client, `examples x change of at most ${bound}`, `${examples} x ${change}`);
  }
  const control = admitControl(client, claim.control, expected);
  return { client, delta, ...(control && { control }), examples };
}

/** The report on the training ends up in the run's files and in reports, so each of its numbers is bounded by its meaning. */
function requireSummary(client: string, { windows, accepted }: WindowCounts, activities: number): void {
  requireWindows(client, windows);
  if (accepted && accepted.length !== activities) {
    throw refusal(client, `accepted windows of ${activities} activities`, `of ${accepted.length}`);
  }
  accepted?.forEach((count) => {
    requireCount(client, 'accepted windows', count ?? 0, { from: 0, to: windows ?? LARGEST_WINDOW_COUNT });
  });
}

/** @throws UpdateRefused when a client claims an impossible number of windows */
export function requireWindows(client: string, windows: number | null): void {
  requireCount(client, 'windows', windows ?? 0, { from: 0, to: LARGEST_WINDOW_COUNT });
}

function requireCount(
  client: string,
  what: string,
  found: number,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  if (!Number.isSafeInteger(found) || found < from || found > to) {
    throw refusal(client, `${what} as a whole number from ${from} to ${to}`, `${found}`);
  }
}

/** Control variates are added without weights. */
function admitControl(
  client: string,
  control: Float32Array | undefined,
  expected: ExpectedUpdate,
): Float32Array | undefined {
  if (!expected.control || !control) {
    if (expected.control || control) {
      throw refusal(client, `${expected.control ? 'a' : 'no'} control variate`, control ? 'one' : 'none');
    }
    return undefined;
  }
  requireSize(client, control, expected.size);
  const change = largestFinite(client, control);
  const bound = largestAddend(expected.cohort);
  if (change > bound) {
    throw refusal(client, `a control variate that changes by at most ${bound}`, `${change}`);
  }
  return control;
}

function requireSize(client: string, values: Float32Array, size: number): void {
  if (values.length !== size) {
    throw refusal(client, `${size} numbers`, `${values.length}`);
  }
}

function largestFinite(client: string, values: Float32Array): number {
  const largest = largestMagnitude(values);
  if (!Number.isFinite(largest)) {
    const place = values.findIndex((value) => !Number.isFinite(value));
    throw refusal(client, 'finite numbers only', `${values[place]!} at ${place}`);
  }
  return largest;
}

/** @throws UpdateRefused when an answer belongs to another stage or round than the one it was asked for */
export function requireSameRound(
  client: string,
  answer: Pick<UpdateClaim, 'stage' | 'round'>,
  expected: Pick<ExpectedUpdate, 'stage' | 'round'>,
): void {
  if (answer.stage !== expected.stage || answer.round !== expected.round) {
    const name = ({ stage, round }: Pick<UpdateClaim, 'stage' | 'round'>): string => `stage "${stage}", round ${round}`;
    throw refusal(client, `an answer to ${name(expected)}`, `one to ${name(answer)}`);
  }
}

function refusal(client: string, expected: string, found: string): UpdateRefused {
  return new UpdateRefused(`Update of client "${client}" refused: expected ${expected}, found ${found}`);
}
