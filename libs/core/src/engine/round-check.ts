/**
 * What a round has computed from admitted updates is checked before anything uses it: updates that are each within their
 * bounds can still add up to a model that nobody can train on. Such a round is aborted, and the model before it stays.
 */

import { largestMagnitude } from '../math/long-vectors.js';
import type { RoundResult, StageState } from './stage-state.js';

/**
 * The largest magnitude of a parameter. The parameters of a trained network are below 10 or so. Up to here, the
 * activations of a network of five layers as wide as the published student stay within the range of Float32; beyond,
 * its probabilities may not be numbers.
 */
const LARGEST_PARAMETER = 10_000;

/** How many names a message lists. */
const MAX_NAMES = 5;

/** What is wrong with the state after a round; undefined where it can be used. */
export function faultOfState({ server, labelling }: StageState): string | undefined {
  const { parameters, optimizer } = server;
  const faults = [
    faultOfNumbers('the new model', parameters, LARGEST_PARAMETER),
    labelling && faultOfNumbers('the new moving average', labelling, LARGEST_PARAMETER),
    ...arraysIn(optimizer).map((numbers) => faultOfNumbers('the state of the optimizer', numbers, Number.MAX_VALUE)),
  ];
  return faults.find((fault) => fault !== undefined);
}

/** The round as one that was aborted: the state of the stage stays, only the clients that are still training go on. */
export function abortedRound({ outcome, carried }: RoundResult, before: StageState, reason: string): RoundResult {
  const names = outcome.clients.filter((each) => each.outcome === 'answered').map(({ client }) => client);
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
  const tookPart = `${names.slice(0, MAX_NAMES).join(', ')}${more} took part`;
  return {
    outcome: { phase: 'aborted', clients: outcome.clients, reason: `${reason}; ${tookPart}`, suspects: names },
    carried: { ...before, ...(carried.buffer && { buffer: carried.buffer }) },
  };
}

function faultOfNumbers(what: string, numbers: Float32Array | Float64Array, bound: number): string | undefined {
  const isWithin = numbers instanceof Float32Array ? largestMagnitude(numbers) <= bound : numbers.every(within(bound));
  if (isWithin) {
    return undefined;
  }
  const index = numbers.findIndex((value) => !within(bound)(value));
  const value = numbers[index] ?? NaN;
  const expected = Number.isFinite(value) ? `numbers up to ${bound}` : 'finite numbers';
  return `${what}: expected ${expected}, found ${value} at ${index}`;
}

function within(bound: number): (value: number) => boolean {
  return (value) => Math.abs(value) <= bound; // false for NaN
}

/** All arrays of numbers in the state of an optimizer, which is plain data of any shape. */
function arraysIn(data: unknown): readonly (Float32Array | Float64Array)[] {
  if (data instanceof Float32Array || data instanceof Float64Array) {
    return [data];
  }
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(arraysIn) : [];
}
