import { createRng, syntheticPeople } from '@gaitway/core';
import { writeCsvFolder } from '@gaitway/node';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway, startGaitway } from '../testing/gaitway-process.js';
import { temporaryFolder } from '../testing/temporary-folder.js';

interface Trial {
  readonly folder: string;
  /** Arguments of `gaitway` for a run on small windows. */
  readonly command: readonly string[];
}

/** A pipeline of two steps, and the recordings of six people. */
async function writeTrial({ epochs }: { readonly epochs: number }): Promise<Trial> {
  const folder = await temporaryFolder();
  const step = { epochs: 1, batch_size: 32, eval_har: true };
  const pipeline = {
    tag: 'tiny',
    NOTICE: 'as somebody left it',
    experiment_configs: [
      { ...step, type: 'har_full_train', tag: 'full' },
      { ...step, type: 'har_linear_train', tag: 'linear', previous_config_offset: 1, epochs },
    ],
  };
  const data = join(folder, 'data');
  await writeFile(join(folder, 'pipeline.json'), JSON.stringify(pipeline));
  await writeCsvFolder(data, syntheticPeople({ people: 6, secondsPerActivity: 12, rateHz: 20 }, createRng(1)));
  const windows = ['--rate', '20', '--window', '64', '--step', '32'];
  const command = ['train', join(folder, 'pipeline.json'), '--labelled', data, ...windows, '--backend', 'wasm'];
  return { folder, command };
}

describe('gaitway train', () => {
  it('runs each step, evaluates it on each fifth person, and keeps it', async () => {
    const { folder, command } = await writeTrial({ epochs: 2 });
    const run = join(folder, 'run');
    const { code, stdout, stderr } = await gaitway(...command, '--run', run);
    expect(code).toBe(0);
    expect(stderr).toBe(`${join(folder, 'pipeline.json')}: NOTICE: unknown key, carried along without effect\n`);
    expect(stdout).toMatch(/^Pipeline "tiny": .* \(people person-01, person-06\), backend wasm$/m);
    expect(stdout).toMatch(/^linear 2\/2: loss \d\.\d{3}, validation \d\.\d{3}$/m);
    expect(stdout).toMatch(/^linear: best epoch [12], weighted F1 0\.\d{3}$/m);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`Report: ${join(run, 'report.html')}`);
    expect(await readFile(join(run, 'report.html'), 'utf8')).toContain('<h1>tiny</h1>');
    expect((await readdir(join(run, 'models'))).sort()).toEqual(['0-full.safetensors', '1-linear.safetensors']);
    expect(JSON.parse(await readFile(join(run, 'pipeline.json'), 'utf8'))).toMatchObject({
      NOTICE: 'as somebody left it',
    });
  });

  it('says the same again for the same seed, as one document where it is asked for', async () => {
    const { folder, command } = await writeTrial({ epochs: 1 });
    const parameters = async (run: string, seed: string): Promise<readonly unknown[]> => {
      const { stdout } = await gaitway(...command, '--run', join(folder, run), '--seed', seed, '--json', '--quiet');
      const { steps } = JSON.parse(stdout) as { readonly steps: readonly { readonly model: object }[] };
      return steps.map(({ model }) => model);
    };
    const first = await parameters('first', '7');
    expect(first).toHaveLength(2);
    expect(await parameters('second', '7')).toEqual(first);
    expect(await parameters('third', '8')).not.toEqual(first);
  });

  it('keeps the steps that were finished when somebody interrupts it', async () => {
    const { folder, command } = await writeTrial({ epochs: 1_000_000 });
    const run = join(folder, 'run');
    const training = startGaitway(...command, '--run', run);
    await training.says(/^linear 1\/1000000: /m);
    training.interrupt();
    expect(await training.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('Interrupted.') });
    expect((await readdir(run)).sort()).toEqual(['events', 'metrics.csv', 'models', 'pipeline.json', 'steps.jsonl']);
    expect(await readdir(join(run, 'models'))).toEqual(['0-full.safetensors']);
    expect(JSON.parse(await readFile(join(run, 'steps.jsonl'), 'utf8'))).toMatchObject({ index: 0, tag: 'full' });
  });

  it('ends with 2 for a pipeline that cannot work, before it reads the recordings', async () => {
    const pipeline = join(await temporaryFolder(), 'pipeline.json');
    await writeFile(pipeline, JSON.stringify({ experiment_configs: [{ type: 'self_hra' }] }));
    const { code, stdout, stderr } = await gaitway('train', pipeline, '--labelled', 'nowhere');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/pipeline\.json: experiment_configs\[0\]\.type: expected .*; did you mean "self_har"\?\n$/);
  });
});
