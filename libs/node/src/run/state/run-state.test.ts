import { InvalidInput } from '@gaitway/core';
import { describe, expect, it } from 'vitest';
import { without } from '../../testing/without.js';
import { decodeState, encodeState, type RunState } from './run-state.js';

/** Values that careless formats do not preserve. */
const odd = [0, -0, 1 / 3, NaN, Infinity, -Infinity, 1e-45, 3.4028235e38];

const state: RunState = {
  identity: {
    gaitway: '0.1.0',
    study: 'motionsense',
    seed: 7,
    digest: 'ab'.repeat(32),
    backend: 'wasm',
    cohorts: 'as drawn',
  },
  rounds: 3,
  traffic: { bytesDown: 2 ** 40 + 1, bytesUp: 0 },
  model: { path: 'models/teacher.safetensors', sha256: 'cd'.repeat(32) },
  checkpoint: {
    results: { teacher: Float32Array.from(odd) },
    stage: 'student',
    round: 2,
    carried: {
      server: {
        parameters: Float32Array.from(odd).subarray(1, 4),
        optimizer: { first: Float64Array.from(odd), second: null, steps: [1, { velocity: new Float64Array(0) }] },
      },
      labelling: undefined,
    },
    abortedBecause: ['nobody was there to be asked'],
  },
};

const source = '3.state';

async function bytesOf(given: RunState): Promise<Buffer> {
  return Buffer.concat(await encodeState(given));
}

describe("a run's state as bytes", () => {
  it('comes back bit by bit', async () => {
    const decoded = await decodeState(await bytesOf(state), source);
    expect(decoded).toEqual(state);
    const { first } = decoded.checkpoint!.carried.server.optimizer as { readonly first: Float64Array };
    expect([...new BigUint64Array(first.buffer)]).toEqual([...new BigUint64Array(Float64Array.from(odd).buffer)]);
  });

  it('comes back with parameters that label, and before the first round', async () => {
    const { checkpoint } = state;
    const first = without(state, 'checkpoint', 'model');
    const labelling = Float32Array.of(1, 2);
    const labelled = { ...state, checkpoint: { ...checkpoint!, carried: { ...checkpoint!.carried, labelling } } };
    expect(await decodeState(await bytesOf(labelled), source)).toEqual(labelled);
    expect(await decodeState(await bytesOf(first), source)).toEqual(first);
  });

  it('is refused in the format of another version, with the way to go on', async () => {
    const bytes = Buffer.from((await bytesOf(state)).toString().replace('gaitway-state-2', 'gaitway-state-3'));
    await expect(decodeState(bytes, source)).rejects.toThrow(
      'expected a state in the format "gaitway-state-2", found "gaitway-state-3" of another version: go on with the version of Gaitway that "gaitway logs" names',
    );
  });

  it('comes back with the rounds that clients go on from', async () => {
    const { checkpoint } = state;
    const counted = [['__proto__', 1] as const, ['ann', 2] as const];
    const kept = { ...state, checkpoint: { ...checkpoint!, carried: { ...checkpoint!.carried, counted } } };
    expect(await decodeState(await bytesOf(kept), source)).toEqual(kept);
  });

  it('is refused when it was cut short anywhere', async () => {
    const bytes = await bytesOf(state);
    for (let length = 0; length < bytes.length; length++) {
      await expect(decodeState(bytes.subarray(0, length), source)).rejects.toBeInstanceOf(InvalidInput);
    }
  });

  it('is refused when any one bit of it was changed', async () => {
    const bytes = await bytesOf(state);
    for (let place = 0; place < bytes.length; place++) {
      const changed = Uint8Array.from(bytes);
      changed[place]! ^= 1 << (place % 8);
      await expect(decodeState(changed, source)).rejects.toBeInstanceOf(InvalidInput);
    }
  });

  it('says what is wrong', async () => {
    const bytes = await bytesOf(state);
    await expect(decodeState(bytes.subarray(0, bytes.length - 1), source)).rejects.toThrow(
      /^3\.state: expected content with the SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}: it was cut short or changed$/,
    );
    await expect(decodeState(new Uint8Array(), source)).rejects.toThrow(
      '3.state: expected a file that begins with "gaitway-state-2", found another beginning',
    );
  });
});
