import { InvalidInput } from '@gaitway/core';
import { InvalidArgumentError } from 'commander';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { conditionsOf, isCharging, parseConditions } from './conditions.js';

/** A folder as the kernel fills it. */
async function supplies(files: Readonly<Record<string, Readonly<Record<string, string>>>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gaitway-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [supply, values] of Object.entries(files)) {
    await mkdir(join(folder, supply));
    for (const [file, value] of Object.entries(values)) {
      await writeFile(join(folder, supply, file), `${value}\n`);
    }
  }
  return folder;
}

describe('a machine that is charging', () => {
  it.each([
    [{ AC: { online: '1' }, BAT0: { status: 'Full' } }, true],
    [{ AC: { online: '1' }, BAT0: { status: 'Not charging' } }, true],
    [{ AC: { online: '0' }, BAT0: { status: 'Discharging' } }, false],
    [{ battery: { status: 'Charging' } }, true],
    [{ battery: { status: 'Unknown' } }, false],
    [{}, true],
  ])('is one whose kernel says %j: %s', async (files, expected) => {
    expect(await isCharging(await supplies(files))).toBe(expected);
  });

  it('is one whose kernel lists no supplies', async () => {
    expect(await isCharging('/nowhere/power_supply')).toBe(true);
  });
});

describe('conditions', () => {
  it('are read by name, each once', () => {
    expect(parseConditions('idle, charging', ['charging'])).toEqual(['charging', 'idle']);
    expect(() => parseConditions('charging,asleep')).toThrow(InvalidArgumentError);
    expect(() => parseConditions('')).toThrow('Expected charging or idle, with commas between them.');
  });

  it('are known of Linux only', async () => {
    expect(() => conditionsOf(['idle'], 'darwin')).toThrow(InvalidInput);
    expect(() => conditionsOf(['idle'], 'darwin')).toThrow(/--when: expected Linux, .*, found darwin: use --available/);
    expect(conditionsOf([], 'darwin')).toEqual([]);
    const conditions = conditionsOf(['charging', 'idle'], 'linux');
    expect(conditions.map(({ name }) => name)).toEqual(['charging', 'idle']);
    await expect(Promise.all(conditions.map(({ isMet }) => isMet()))).resolves.toHaveLength(2);
  });
});
