/**
 * The `state` folder of a run: a file for each of the last two finished rounds, so that one may be damaged. The
 * subfolder in it belongs to the participants.
 */

import { InvalidInput } from '@gaitway/core';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { namesIn, readBytes } from '../../files/read-file.js';
import { decodeState, encodeState, type RunState } from './run-state.js';

const FILE = /^(\d+)\.state$/;

/**
 * Writes the state after a round, and removes the state of two rounds earlier.
 *
 * @param after - Must have resolved before the state counts
 */
export async function writeState(folder: string, state: RunState, after?: Promise<void>): Promise<void> {
  const { rounds } = state;
  await writeFileAtomically(join(folder, fileName(rounds)), await encodeState(state), { ...(after && { after }) });
  await rm(join(folder, fileName(rounds - 2)), { force: true });
}

/** Removes what killed processes left, except the states after `rounds` rounds and after one round less. */
export async function clearStates(folder: string, rounds: number): Promise<void> {
  const kept = new Set([fileName(rounds), fileName(rounds - 1)]);
  const files = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
  for (const { name } of files.filter((entry) => !kept.has(entry.name))) {
    await rm(join(folder, name), { force: true });
  }
}

function fileName(rounds: number): string {
  return `${rounds}.state`;
}

export interface ReadState {
  readonly state: RunState;
  /** Messages about newer states that are damaged. */
  readonly warnings: readonly string[];
}

/**
 * The newest state that is intact.
 *
 * @throws InvalidInput when none is; says what is wrong with each.
 */
export async function readState(folder: string): Promise<ReadState> {
  const issues: { readonly path: string; readonly message: string }[] = [];
  for (const name of await namesFromNewest(folder)) {
    const path = join(folder, name);
    try {
      const state = await decodeState(await readBytes(path, "a run's state"), path);
      return { state, warnings: issues.map(({ message }) => `${message}; the state before it is used`) };
    } catch (error) {
      if (!(error instanceof InvalidInput)) {
        throw error;
      }
      issues.push({ path: name, message: error.message });
    }
  }
  const message =
    'expected a state from which the run can be resumed, found none: delete the run, or choose another folder';
  throw new InvalidInput(folder, [{ path: '', message }, ...issues]);
}

async function namesFromNewest(folder: string): Promise<readonly string[]> {
  const roundsOf = (name: string): number => Number(FILE.exec(name)?.[1]);
  return (await namesIn(folder)).filter((name) => FILE.test(name)).sort((a, b) => roundsOf(b) - roundsOf(a));
}
