import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer } from './client/answer.js';
import { smallestThreshold } from './cohort/neighbours.js';
import { closePhase } from './coordinator/close-phase.js';
import { awaitedClients, openRound, receive } from './coordinator/receive.js';
import { portablePrimitives } from './keys/primitives.js';
import { conduct, nameOf, roundOf, seededBytes, termsOf } from './testing/masked-round.js';
import { anything, places, spoiled } from './testing/spoiled-message.js';

const SIZE = 40;
const BOUND = 2 ** 35;

/** Integers of both signs up to the bound, the bound itself among them, and a count. */
function vectorOf(index: number): Float64Array {
  const bytes = seededBytes(`vector ${index}`)(8 * SIZE);
  const drawn = new BigInt64Array(bytes.buffer, bytes.byteOffset, SIZE);
  const values = Array.from(drawn, (value) => Number(value % BigInt(BOUND + 1)));
  return Float64Array.from([...values.slice(1), index % 2 ? BOUND : -BOUND, index]);
}

function plainSum(clients: readonly string[]): number[] {
  const sum = new Array<number>(SIZE + 1).fill(0);
  for (const client of clients) {
    vectorOf(Number(client.split('-')[1])).forEach((value, place) => {
      sum[place]! += value;
    });
  }
  return sum;
}

/** A round in which the clients leave after so many messages: a fifth message is their last. */
function leaving(count: number, leavesAfter: ReadonlyMap<string, number>) {
  return conduct(roundOf(count, termsOf(SIZE, BOUND), vectorOf), { leavesAfter });
}

/** Which clients leave, and after how many messages: 1 has offered keys, 2 dealt shares, 3 sent its vector, 4 signed. */
function departures(count: number, leave: number): fc.Arbitrary<Map<string, number>> {
  const clients = fc.shuffledSubarray(
    Array.from({ length: count }, (_, index) => nameOf(index)),
    { minLength: leave, maxLength: leave },
  );
  const steps = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: leave, maxLength: leave });
  return fc.tuple(clients, steps).map(([names, after]) => new Map(names.map((name, index) => [name, after[index]!])));
}

function expectPlainSum(count: number, leavesAfter: ReadonlyMap<string, number>): void {
  const { state, refusals } = leaving(count, leavesAfter);
  expect(refusals).toEqual(new Map());
  if (state.phase !== 'completed') {
    throw new Error(`The round is ${state.phase}`);
  }
  const stayed = Array.from({ length: count }, (_, index) => nameOf(index)).filter(
    (name) => (leavesAfter.get(name) ?? 5) >= 3,
  );
  expect(state.survivors).toEqual(stayed.sort());
  expect([...state.sum]).toEqual(plainSum(stayed));
  expect(state.faults).toEqual([]);
}

describe('the sum of masked vectors', () => {
  it.each([3, 10, 50])('of %i clients is the plain sum, bit for bit', (count) => {
    expectPlainSum(count, new Map());
  });

  it('is that of the survivors, whoever leaves at which step, down to the threshold', () => {
    const leave = fc.integer({ min: 0, max: 10 - smallestThreshold(10) });
    fc.assert(
      fc.property(
        leave.chain((number) => departures(10, number)),
        (leavesAfter) => {
          expectPlainSum(10, leavesAfter);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('is that of 50 of whom sixteen leave, at all steps', () => {
    const [leavesAfter] = fc.sample(departures(50, 50 - smallestThreshold(50)), { numRuns: 1, seed: 7 });
    expect(new Set(leavesAfter!.values()).size).toBe(4);
    expectPlainSum(50, leavesAfter!);
  });

  it('does not count clients that leave before they have keys', () => {
    expectPlainSum(10, new Map([['ward-9', 2]]));
    const { state } = leaving(13, new Map(['ward-10', 'ward-11', 'ward-12', 'ward-4'].map((name) => [name, 0])));
    expect(state).toMatchObject({ phase: 'completed', survivors: expect.not.arrayContaining(['ward-4']) });
  });

  it('is the same with the cryptography of plain JavaScript', () => {
    const { state } = conduct(roundOf(4, termsOf(SIZE, BOUND), vectorOf, portablePrimitives), {
      leavesAfter: new Map([['ward-2', 2]]),
    });
    expect(state).toMatchObject({
      phase: 'completed',
      sum: Float64Array.from(plainSum(['ward-0', 'ward-1', 'ward-3'])),
    });
  });

  it.each([
    [1, '6 clients have dealt shares, 7 are needed'],
    [2, '6 clients have sent their masked vectors, 7 are needed'],
    [3, '6 clients have signed the list of survivors, 7 are needed'],
    [4, '6 shares of ward-0 were revealed and 0 could not be read, 7 are needed'],
  ])('does not exist with one client below the threshold after message %i', (after, reason) => {
    const { state } = leaving(10, new Map([1, 3, 5, 7].map((index) => [nameOf(index), after])));
    expect(state).toEqual({ phase: 'aborted', reason, faults: [] });
  });

  it('does not exist when three clients are not all there, nor when fewer than the minimum are', () => {
    expect(leaving(3, new Map([['ward-1', 2]])).state.phase).toBe('aborted');
    expect(leaving(3, new Map([['ward-1', 0]])).state).toMatchObject({ reason: '2 of 3 clients have offered keys' });
  });
});

describe('the coordinator of a round', () => {
  const round = roundOf(4, termsOf(SIZE, BOUND), vectorOf);

  it('says whom it waits for, and takes one answer of each', () => {
    const { traffic } = conduct(round);
    let state = receive(openRound(round.coordinator), 'ward-1', traffic[1]);
    expect(awaitedClients(state)).toEqual(['ward-0', 'ward-2', 'ward-3']);
    expect(receive(state, 'stranger', traffic[1])).toBe(state);
    state = receive(state, 'ward-1', traffic[1]);
    expect(state).toMatchObject({ faults: [{ client: 'ward-1', reason: 'expected one answer' }] });
    state = receive(state, 'ward-2', { kind: 'revelation', shares: [] });
    expect(awaitedClients(state)).toEqual(['ward-0', 'ward-3']);
    expect(state.phase === 'offering' && state.faults[1]).toEqual({
      client: 'ward-2',
      reason: 'expected a message of kind "key-offer", found "revelation"',
    });
  });

  it('goes on without whoever is out, and waits for nobody at the end', () => {
    const { state } = conduct(roundOf(10, termsOf(SIZE, BOUND), vectorOf), {
      fromClient: (name, message) => (name === 'ward-3' && message.kind === 'share-offer' ? 'nonsense' : message),
    });
    expect(state).toMatchObject({ phase: 'completed', faults: [{ client: 'ward-3' }] });
    expect(state.phase === 'completed' && [...state.sum]).toEqual(plainSum([0, 1, 2, 4, 5, 6, 7, 8, 9].map(nameOf)));
    expect(awaitedClients(state)).toEqual([]);
    expect(receive(state, 'ward-1', 'more')).toBe(state);
    expect(closePhase(state)).toEqual({ state, messages: new Map() });
  });

  it('begins no round whose sum would not fit', () => {
    const terms = termsOf(SIZE, 2 ** 46);
    expect(() => openRound({ ...round.coordinator, terms })).toThrow('expected at most 48 bits');
    expect(() => openRound({ ...round.coordinator, minimumCohort: 2 })).toThrow('minimumCohort: expected at least 3');
  });
});

it('a spoiled message harms nobody else: the round has the sum of those who stay, or names the client', () => {
  const client = fc.integer({ min: 0, max: 4 });
  const answers = fc.integer({ min: 0, max: 8 });
  fc.assert(
    fc.property(client, answers, places, anything, (index, step, path, value) => {
      let passed = 0;
      const spoil = (name: string, message: unknown): unknown =>
        name === nameOf(index) && passed++ === step ? spoiled(message, path, value) : message;
      const { state, refusals } = conduct(roundOf(5, termsOf(SIZE, BOUND), vectorOf), {
        fromClient: spoil,
        toClient: spoil,
      });
      expect(
        [...refusals.keys(), ...state.faults.map((fault) => fault.client)].filter((name) => name !== nameOf(index)),
      ).toEqual([]);
      if (state.phase === 'completed') {
        expect(state.survivors.length).toBeGreaterThanOrEqual(4);
        expect([...state.sum]).toEqual(plainSum(state.survivors));
      } else {
        // Where it was told another threshold, for one: then nobody can read what it deals.
        expect(state).toMatchObject({ phase: 'aborted', faults: expect.arrayContaining([expect.anything()]) });
      }
    }),
    { numRuns: 20 },
  );
});

it('a client answers once in each phase', () => {
  const { clients, traffic } = conduct(roundOf(3, termsOf(SIZE, BOUND), vectorOf));
  const state = clients.get('ward-0')!;
  expect(state).toEqual({ phase: 'revealed' });
  expect(() => answer(state, traffic[3])).toThrow('expected no message: the round has ended for this client');
});
