import { InvalidInput } from '@gaitway/core';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultPolicy, parsePolicy, readPolicy } from './site-policy.js';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'gaitway-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

/** The defaults of a policy by key, as the page for data managers writes them. */
const writtenDefaults = Object.entries({
  studies: 'any',
  coordinators: 'any',
  members: 'any',
  ...defaultPolicy,
  ceilings: { ...defaultPolicy.ceilings, rounds: 'any', megabytes: 'any', epsilon: 'any' },
}).flatMap(([key, value]) =>
  typeof value === 'string' || Array.isArray(value)
    ? [[key, typeof value === 'string' ? value : `[${value.join(', ')}]`]]
    : Object.entries(value).map(([name, number]) => [`${key}.${name}`, String(number)]),
);

describe('the page about policies', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/joining.md'), 'utf8');

  it('has all keys with their defaults', () => {
    const rows = [...page.matchAll(/^\| `([\w.]+)` +\| (.*?) +\|/gm)].map(([, key, value]) => [key, value]);
    expect(rows).toEqual(writtenDefaults);
  });

  it('about secure aggregation shows one too', async () => {
    const other = readFileSync(join(import.meta.dirname, '../../../../docs/secure-aggregation.md'), 'utf8');
    const example = [...other.matchAll(/```yaml\n(.*?)```/gs)].at(-1)?.[1] ?? '';
    const recordings = await folder();
    await writeFile(join(recordings, 'policy.yaml'), example);
    const { members, ...others } = await readPolicy(recordings);
    expect(Object.keys(members ?? {})).toEqual(['ward-1', 'ward-2', 'ward-3']);
    expect(others).toMatchObject({ requires: ['secureAggregation'], floors: { cohort: 5 } });
  });

  it('shows a policy that can be read', async () => {
    const [, example = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
    const recordings = await folder();
    await writeFile(join(recordings, 'policy.yaml'), example);
    expect(await readPolicy(recordings)).toMatchObject({ floors: { cohort: 5 }, statistics: ['accepted'] });
  });
});

describe('the policy of a site', () => {
  it('is the default where it has written none', async () => {
    expect(await readPolicy(await folder())).toEqual(defaultPolicy);
    expect(defaultPolicy).toEqual({
      floors: { windows: 50, steps: 8, batch: 16, cohort: 3, cell: 5 },
      ceilings: { kernel: 0.5, rateHz: 1000, memory: 0.5, minutes: 120 },
      statistics: ['windows', 'accepted'],
      requires: [],
    });
  });

  it('is found among the recordings, and replaces the defaults that it names', async () => {
    const recordings = await folder();
    await writeFile(join(recordings, 'policy.yaml'), 'floors:\n  cohort: 5\nstatistics: []\n');
    expect(await readPolicy(recordings)).toEqual({
      ...defaultPolicy,
      floors: { ...defaultPolicy.floors, cohort: 5 },
      statistics: [],
    });
    await writeFile(join(recordings, 'other.yaml'), '# nothing yet\n');
    expect(await readPolicy(recordings, join(recordings, 'other.yaml'))).toEqual(defaultPolicy);
  });

  it('is never taken for absent where a file was named, or where it is no policy', async () => {
    const recordings = await folder();
    await expect(readPolicy(recordings, join(recordings, 'none.yaml'))).rejects.toThrow(InvalidInput);
    await writeFile(join(recordings, 'policy.yaml'), 'flors:\n  cohort: 5\n');
    await expect(readPolicy(recordings)).rejects.toThrow(
      'flors: unknown key, expected one of "studies", "coordinators", "members", "requires", "floors", "ceilings", "statistics"; did you mean "floors"?',
    );
  });

  it.runIf(process.platform !== 'win32').each([
    ['mkdir', [], 'found a folder'],
    ['mkfifo', [], 'found a device, a pipe or a socket'],
    ['ln', ['-s', '/dev/zero'], 'found a device, a pipe or a socket'],
  ])('is not taken for absent, nor waited for, where %s %j is in its place', async (command, before, message) => {
    const recordings = await folder();
    expect(spawnSync(command, [...before, join(recordings, 'policy.yaml')]).status).toBe(0);
    await expect(readPolicy(recordings)).rejects.toThrow(InvalidInput);
    await expect(readPolicy(recordings)).rejects.toThrow(`policy.yaml: expected a policy file, ${message}`);
  });

  it('is refused in another encoding, and where it is too large', async () => {
    const recordings = await folder();
    const file = join(recordings, 'policy.yaml');
    await writeFile(file, Buffer.from('# Gr\u00fcn\n', 'latin1'));
    await expect(readPolicy(recordings)).rejects.toThrow('policy.yaml: expected text in UTF-8, found other bytes');
    await truncate(file, 3 * 2 ** 30); // it takes no room on the disk
    await expect(readPolicy(recordings)).rejects.toThrow('policy.yaml: expected a policy file, but File size');
  });

  it.each([
    [{ studies: ['abc'] }, 'studies[0]: expected the digest of a study'],
    [{ floors: { cell: -1 } }, 'floors.cell: expected at least 0, found -1'],
    [{ ceilings: { kernel: 2 } }, 'ceilings.kernel: expected at most 1, found 2'],
    [{ statistics: ['windws'] }, 'did you mean "windows"?'],
  ])('cannot be %j', (input, message) => {
    expect(() => parsePolicy(input)).toThrow(message);
  });
});
