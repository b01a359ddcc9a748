/** The tests that every memory must pass. Call it in a test file with a way to create a memory and to reopen it. */

import { describe, expect, it } from 'vitest';
import type { ClientMemory, ClientState } from './client-memory.js';

/** Values that careless formats do not preserve. */
const state: ClientState = {
  control: Float32Array.of(0, -0, 1 / 3, 1e-45, -3.4028235e38),
  residual: Float32Array.of(NaN, Infinity),
  personal: new Float32Array(0),
};

function stateOf(value: number): ClientState {
  return { residual: Float32Array.of(value) };
}

/**
 * @param name - Used in the names of the tests
 * @param open - Creates a memory, and returns a function that opens this memory as often as it is called
 */
export function clientMemoryContract(name: string, open: () => Promise<() => ClientMemory>): void {
  describe(`${name} as a memory`, () => {
    it('gives a state back as it was', async () => {
      const again = await open();
      await again().keep({ stage: 'student', round: 3, since: 0 }, state);
      const found = (await again().recall('student', 3)) as ClientState;
      expect(found).toEqual(state);
      expect(Object.is(found.control?.[1], -0)).toBe(true);
    });

    it('says that there is none where none was kept', async () => {
      const again = await open();
      expect(await again().recall('student', 1)).toBe('missing');
      await again().keep({ stage: 'student', round: 2, since: 0 }, stateOf(2));
      expect(await again().recall('student', 1)).toBe('missing');
      expect(await again().recall('teacher', 2)).toBe('missing');
    });

    it('keeps the newest state of a round that was conducted again', async () => {
      const again = await open();
      await again().keep({ stage: 'student', round: 2, since: 1 }, stateOf(2));
      await again().keep({ stage: 'student', round: 2, since: 1 }, stateOf(2.5));
      expect(await again().recall('student', 2)).toEqual(stateOf(2.5));
    });

    it('keeps stages apart', async () => {
      const again = await open();
      await again().keep({ stage: 'first', round: 2, since: 0 }, stateOf(1));
      await again().keep({ stage: 'second', round: 1, since: 0 }, stateOf(2));
      expect([await again().recall('first', 2), await again().recall('second', 1)]).toEqual([stateOf(1), stateOf(2)]);
    });

    it('forgets what no coordinator can ask for any more', async () => {
      const again = await open();
      const known = async (): Promise<readonly number[]> => {
        const found = await Promise.all([1, 2, 3, 4, 5, 6].map((round) => again().recall('student', round)));
        return found.flatMap((entry, index) => (entry === 'missing' ? [] : [index + 1]));
      };
      // Rounds 1, 2 and 4 counted, 3 did not.
      for (const [round, since] of [
        [1, 0],
        [2, 1],
        [3, 2],
        [4, 2],
      ] as const) {
        await again().keep({ stage: 'student', round, since }, stateOf(round));
      }
      expect(await known()).toEqual([1, 2, 4]);
      await again().keep({ stage: 'student', round: 5, since: 4 }, stateOf(5));
      expect(await known()).toEqual([2, 4, 5]);
      // The coordinator lost round 4 and what came after it.
      await again().keep({ stage: 'student', round: 4, since: 2 }, stateOf(4));
      expect(await known()).toEqual([2, 4]);
      // Another run begins.
      await again().keep({ stage: 'student', round: 1, since: 0 }, stateOf(1));
      expect(await known()).toEqual([1]);
    });
  });
}
