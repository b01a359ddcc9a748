import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import type { RunState } from './run-state.js';
import { clearStates, readState, writeState } from './state-folder.js';

function stateAfter(rounds: number): RunState {
  const identity = {
    gaitway: '1',
    study: 'walks',
    seed: 1,
    digest: 'ab',
    backend: 'wasm',
    cohorts: 'as drawn',
  } as const;
  return { identity, rounds, traffic: { bytesDown: rounds, bytesUp: 0 } };
}

async function folderAfter(rounds: number): Promise<string> {
  const folder = await temporaryFolder();
  for (let round = 0; round <= rounds; round++) {
    await writeState(folder, stateAfter(round));
  }
  return folder;
}

describe('the states of a run', () => {
  it('are those of its last two finished rounds', async () => {
    const folder = await folderAfter(11);
    expect((await readdir(folder)).sort()).toEqual(['10.state', '11.state']);
    expect(await readState(folder)).toEqual({ state: stateAfter(11), warnings: [] });
  });

  it('go back to the one before where the last is damaged, which is cleared with what killed processes left', async () => {
    const folder = await folderAfter(3);
    await writeFile(join(folder, '3.state'), 'gaitway-state-2 torn');
    await writeFile(join(folder, '0.state'), 'left behind');
    await writeFile(join(folder, '4.state.0d0f.tmp'), 'half of it');
    await mkdir(join(folder, 'memory'));
    const { state, warnings } = await readState(folder);
    expect(state).toEqual(stateAfter(2));
    expect(warnings).toHaveLength(1);
    await writeState(folder, state);
    await clearStates(folder, state.rounds);
    expect((await readdir(folder)).sort()).toEqual(['2.state', 'memory']);
  });
});
