import { decodeSafetensors, encodeSafetensors, layoutOf } from '@gaitway/core/model';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleStudy } from '../testing/sample-study.js';
import { readModel, writeModel } from './model-file.js';

const study = sampleStudy();
const network = {
  window: { length: 400, channels: 3 },
  convolutions: [{ filters: 2, kernel: 3 }],
  dropoutRate: 0.1,
  l2: 1e-4,
  heads: [{ name: 'activity', kind: 'exclusive', outputs: study.activities, hiddenUnits: 4 }],
} as const;
const layout = layoutOf(network);
const parameters = Float32Array.from({ length: layout.size }, (_, index) => Math.sqrt(index));
const metadata = {
  gaitway: '0.1.0',
  study: 'naïve "study"',
  studyDigest: 'ab'.repeat(32),
  stage: 'teacher',
  rounds: 1,
  seed: 7,
  unit: 'g' as const,
  activities: study.activities,
  sensors: study.sensors,
  normalisation: { mean: [0.1, -0.2, 0.3], standardDeviation: [1, 0.5, 0.25] },
  network,
};

describe('a model file', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gaitway-'));
    path = join(folder, 'teacher.safetensors');
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Writes the model again with other header texts. */
  async function withHeader(changes: Readonly<Record<string, string>>): Promise<void> {
    await writeModel(path, parameters, metadata);
    const header = { ...decodeSafetensors(await readFile(path), path).metadata, ...changes };
    await writeFile(path, encodeSafetensors(parameters, layout, header));
  }

  it('comes back with its parameters and with all it says about itself', async () => {
    await writeModel(path, parameters, metadata);
    const stored = await readModel(path);
    expect(stored.parameters).toEqual(parameters);
    expect(stored.metadata).toEqual({ ...metadata, layoutDigest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('comes back with the way in which tasks share its network', async () => {
    const sharing = {
      sharedConvolutions: 0,
      softSharing: 0.1,
      sharedHidden: { units: 4, descriptor: 'added' },
    } as const;
    const heads = [{ name: 'activity', kind: 'exclusive', outputs: study.activities, hiddenUnits: 0 }] as const;
    const shared = { ...network, heads, ...sharing };
    const values = new Float32Array(layoutOf(shared).size).fill(2);
    await writeModel(path, values, { ...metadata, network: shared });
    const stored = await readModel(path);
    expect(stored.metadata.network).toEqual(shared);
    expect(stored.parameters).toEqual(values);
    await writeModel(path, parameters, metadata);
    expect(Object.keys((await readModel(path)).metadata.network)).toEqual(Object.keys(network));
  });

  it('is the same bytes each time, with the SHA-256 that writing it returns', async () => {
    const first = await writeModel(path, parameters, metadata);
    expect(first).toBe(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
    expect(await writeModel(join(folder, 'again'), parameters, metadata)).toBe(first);
  });

  it('keeps text as text and everything else as JSON in its header', async () => {
    await writeModel(path, parameters, metadata);
    const header = decodeSafetensors(await readFile(path), path).metadata;
    expect(header).toMatchObject({
      formatVersion: '2',
      study: 'naïve "study"',
      activities: JSON.stringify(study.activities),
      normalisation: '{"mean":[0.1,-0.2,0.3],"standardDeviation":[1,0.5,0.25]}',
    });
  });

  it('is refused from another version or another program', async () => {
    await withHeader({ formatVersion: '3' });
    await expect(readModel(path)).rejects.toThrow('metadata, formatVersion: expected "2", found "3"');
    await withHeader({ formatVersion: '1' });
    await expect(readModel(path)).rejects.toThrow(
      'expected "2", found "1": an older model, which does not say its unit, its seed and its rounds: run its study again',
    );
    await writeFile(path, encodeSafetensors(parameters, layout, {}));
    await expect(readModel(path)).rejects.toThrow(
      'metadata, formatVersion: expected "2", found none: not a model of Gaitway?',
    );
  });

  it('is refused when its header contradicts itself or its tensors', async () => {
    await withHeader({ network: '{' });
    await expect(readModel(path)).rejects.toThrow('metadata: network: expected JSON, found "{"');
    await withHeader({ network: JSON.stringify({ ...network, l2: -1 }) });
    await expect(readModel(path)).rejects.toThrow('metadata: network.l2: expected at least 0, found -1');
    await withHeader({ layoutDigest: 'ab' });
    await expect(readModel(path)).rejects.toThrow('metadata, layoutDigest: expected');
    const convolutions = [{ filters: 2, kernel: 5 }];
    await withHeader({ network: JSON.stringify({ ...network, convolutions }) });
    await expect(readModel(path)).rejects.toThrow('the digest of the network');
  });
});
