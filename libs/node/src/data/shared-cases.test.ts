/**
 * Folders as people have them, each modelled on a public report: skipped where they do not lie beside the repository.
 * Each is read to the sample, refused with what to do, or read and suspect.
 */

import { InvalidInput, type RawRecording } from '@gaitway/core';
import { existsSync, readdirSync } from 'node:fs';
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadSimulation } from '../study/load-data.js';
import { readStudyFile } from '../study/read-yaml-file.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { inspectDataFolder } from './inspect-data-folder.js';
import type { Inspection } from './inspection.js';
import { readDataFolder } from './data-folder.js';

const CASES = fileURLToPath(new URL('../../../../../shared/cases/data/', import.meta.url));
const plan = { rateHz: 50, window: 100, step: 50 };

/** What is right: to read everything as it is, to say that something is suspect, or to refuse and say this. */
type Right = 'read' | { readonly suspect: string } | { readonly refused: string };

const gap = { refused: 'onBadRow: gap' };
const twice = { suspect: 'similar-names' };
const folders: Readonly<Record<string, Right>> = {
  'backslash-path': 'read',
  'blank-end': 'read',
  'bom-crlf': 'read',
  'burst-5': { suspect: 'rate' },
  'case-and-space-ids': twice,
  'column-case': { refused: 'did you mean "X"?' },
  'column-two-names': { refused: 'expected a column "x", found the columns acc_x, acc_y, acc_z' },
  'comment-lines': 'read',
  'cr-only': 'read',
  'crlf-header-lf-rows': 'read',
  'cut-in-number': { suspect: 'cut-off' },
  'cut-in-row': gap,
  'dead-client-channel': { suspect: 'constant-channel' },
  'decimal-comma-comma': { refused: 'decimal commas need another separator' },
  'decimal-comma-semicolon': { refused: "decimal: ','" },
  'delimiter-in-name': 'read',
  'delimiter-tie': 'read',
  'devices-interleaved': { suspect: 'two-devices' },
  'dot-slash-path': 'read',
  'duplicate-ms': { refused: 'duplicates: first, mean or spread' },
  'empty-cells': gap,
  'empty-file': { refused: 'found an empty file' },
  'excel-sci-time': { refused: 'a spreadsheet has shortened the times' },
  'extension-case': 'read',
  'extra-manifest-key': { refused: 'delimiter: unknown key' },
  'fmt-coremotion': { suspect: 'unit' },
  'fmt-mbientlab': 'read',
  'fmt-phyphox': { suspect: 'left-alone' },
  'fmt-sensor-logger': { refused: 'person: { constant: ann }' },
  'fmt-wisdm11': { suspect: 'set-aside' },
  gap: 'read',
  'gz-beside-csv': { suspect: 'left-alone' },
  'gz-only': 'read',
  'header-only': { refused: 'found its header only' },
  'header-twice': gap,
  headerless: { refused: 'without a header, write header: none' },
  hex: { refused: 'found "0x0"' },
  'idle-zeros': { suspect: 'idle-zeros' },
  'index-column': 'read',
  'iso-time': { refused: 'write unit: iso' },
  'label-case-space': twice,
  'label-floats': twice,
  'label-unique': { refused: 'is this the right column?' },
  'leading-zero-ids': 'read',
  'lf-header-crlf-rows': 'read',
  'mac-hidden': 'read',
  'metadata-header': 'read',
  'milli-g': 'read',
  'mostly-crlf-one-lf': 'read',
  'ms-declared-s': { refused: 'is the unit of its time right?' },
  'names-space-emoji': 'read',
  'nan-row': gap,
  'ns-epoch': 'read',
  'nul-tail': { refused: 'found zero bytes (NUL)' },
  'numbers-as-people': twice,
  overlap: { suspect: 'overlap' },
  'path-star': 'read',
  'people-interleaved': { refused: 'write interleaved: true' },
  quoted: 'read',
  'rate-change': 'read',
  'row-label-comma': { refused: 'must be in quotes' },
  's-declared-ms': { suspect: 'rate' },
  saturated: { suspect: 'saturated' },
  'sci-values': 'read',
  'sim-good': 'read',
  'sim-interleaved': { refused: 'write interleaved: true' },
  'sim-label-case': 'read',
  'sim-leading-zeros': 'read',
  'sim-left-alone': { suspect: 'left-alone' },
  'swapped-axes': { suspect: 'gravity-axis' },
  'template-short-person': { refused: '{person} may be "anna" or "anna_lena"' },
  'template-star': { refused: '{person} may be "0" or "01"' },
  'template-star-fixed': 'read',
  thousands: { refused: 'without a separator of thousands' },
  'trailing-comma-all': 'read',
  'trailing-comma-rows': { refused: 'write it as rowEnd' },
  'unicode-minus': { refused: 'its sign is not the minus' },
  'units-mixed-files': { suspect: 'unit' },
  unordered: { refused: 'unordered: sort' },
  utf16: 'read',
  'whitespace-sep': 'read',
};

/** Number of samples of each person, and their mean magnitude in g. */
type Truth = Readonly<Record<string, { readonly n: number; readonly mag?: number }>>;

async function inspected(name: string): Promise<Inspection | string> {
  try {
    const inspection = await inspectDataFolder(join(CASES, name, 'data'), { plan });
    const [unreadable] = inspection.unreadable;
    return unreadable?.message ?? inspection;
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInput);
    return (error as Error).message;
  }
}

async function expectTruth(name: string): Promise<void> {
  const { truth } = JSON.parse(await readFile(join(CASES, name, 'truth.json'), 'utf8')) as { truth: Truth | null };
  if (!truth) {
    return;
  }
  const found = new Map<string, { n: number; sum: number }>();
  for await (const { subject, samples } of readDataFolder(join(CASES, name, 'data'))) {
    const own = found.get(subject) ?? { n: 0, sum: 0 };
    found.set(subject, own);
    for (let at = 0; at < samples.length; at += 3) {
      own.n++;
      own.sum += Math.hypot(samples[at]!, samples[at + 1]!, samples[at + 2]!);
    }
  }
  expect([...found.keys()].sort()).toEqual(Object.keys(truth).sort());
  for (const [subject, { n, sum }] of found) {
    expect(n, subject).toBe(truth[subject]?.n);
    expect(sum / n, subject).toBeCloseTo(truth[subject]?.mag ?? sum / n, 5);
  }
}

/** A copy of a folder with another manifest, or with changes to its own. */
async function withManifest(name: string, change: (written: string) => string): Promise<string> {
  const folder = await temporaryFolder();
  const data = join(CASES, name, 'data');
  await cp(data, folder, { recursive: true });
  const manifest = join(data, 'gaitway.yaml');
  await writeFile(join(folder, 'gaitway.yaml'), change(existsSync(manifest) ? await readFile(manifest, 'utf8') : ''));
  return folder;
}

async function samplesIn(folder: string): Promise<number> {
  let samples = 0;
  for await (const recording of readDataFolder(folder) as AsyncIterable<RawRecording>) {
    samples += recording.samples.length / recording.channels.length;
  }
  return samples;
}

describe.skipIf(!existsSync(CASES))('a folder as people have it (skipped where they are not there)', () => {
  test.each(Object.entries(folders))('%s', async (name, right) => {
    const found = await inspected(name);
    if (typeof right === 'object' && 'refused' in right) {
      expect(found).toEqual(expect.stringContaining(right.refused));
      return;
    }
    expect(typeof found === 'string' ? found : '').toBe('');
    const kinds = typeof found === 'string' ? [] : [...new Set(found.suspects.map(({ kind }) => kind))];
    if (right === 'read') {
      expect(kinds).toEqual([]);
      await expectTruth(name);
    } else {
      expect(kinds).toContain(right.suspect);
    }
  });

  test('all of them are named here', () => {
    const apart = ['fmt-json', 'fmt-npy-windows', 'symlink-folder'];
    expect(readdirSync(CASES).sort()).toEqual([...Object.keys(folders), ...apart].sort());
  });

  test.each([
    [
      'fmt-json',
      "path: '{person}.json'\ntime: { column: time, unit: ns }\nunit: m/s^2\nchannels: { x: x, y: y, z: z }\n",
      500,
    ],
    [
      'fmt-npy-windows',
      'windows: { length: 128, samples: X.npy, person: subject.npy, activity: y.npy }\nrateHz: 50\nunit: g\nchannels: { x: 1, y: 2, z: 3 }\n',
      3 * 128,
    ],
  ])('%s is read with a manifest', async (name, manifest, samples) => {
    expect(await samplesIn(await withManifest(name, () => manifest))).toBe(samples);
  });

  test('the folder itself may be a link', async () => {
    const folder = await temporaryFolder();
    await symlink(join(CASES, 'bom-crlf', 'data'), join(folder, 'data'));
    expect(await samplesIn(join(folder, 'data'))).toBe(1000);
  });

  test.each<[string, string, string, number]>([
    ['column-case', '{ x: x, y: y, z: z }', '{ x: X, y: Y, z: Z }', 500],
    ['cut-in-row', '$', 'onBadRow: gap\n', 499],
    ['decimal-comma-semicolon', '$', "decimal: ','\n", 1000],
    ['duplicate-ms', 'unit: ms', 'unit: ms, duplicates: spread', 500],
    ['empty-cells', '$', 'onBadRow: gap\n', 499],
    ['excel-sci-time', 'time: { column: t, unit: ms }', 'rateHz: 50', 500],
    ['fmt-sensor-logger', "path: '{activity}", "person: { constant: ann }\npath: '{activity:word}", 500],
    ['header-twice', '$', 'onBadRow: gap\n', 500],
    ['headerless', '{ x: x, y: y, z: z }', '{ x: 1, y: 2, z: 3 }\nheader: none', 500],
    ['iso-time', 'unit: ms', 'unit: iso', 500],
    ['nan-row', '$', 'onBadRow: gap\n', 999],
    ['people-interleaved', '$', 'interleaved: true\n', 1000],
    ['trailing-comma-rows', '$', "rowEnd: ','\n", 500],
    ['unordered', 'unit: ms', 'unit: ms, unordered: sort', 500],
  ])('%s is read once the manifest says what the refusal advises', async (name, before, after, samples) => {
    const folder = await withManifest(name, (text) => (before === '$' ? text + after : text.replace(before, after)));
    expect(await samplesIn(folder)).toBe(samples);
  });

  test.each<[string, string]>([
    ['sim-good', ''],
    ['sim-label-case', 'found "Walking"'],
    ['sim-leading-zeros', "found 01, which would be read as 1: quote it ('01')"],
  ])('a study of %s: %s', async (name, message) => {
    const told: string[] = [];
    const load = async (): Promise<void> => {
      const study = await readStudyFile(join(CASES, name, 'study.yaml'));
      const tell = (suspects: readonly { readonly kind: string }[]): void => {
        told.push(...suspects.map(({ kind }) => kind));
      };
      await loadSimulation(study, { folder: join(CASES, name, 'data'), check: { tell } });
    };
    const error: unknown = await load().catch((reason: unknown) => reason);
    expect(error instanceof Error ? error.message : '').toContain(message);
    expect(error instanceof InvalidInput).toBe(message !== '');
    expect(told).toEqual([]);
  });

  test.each([
    ['dead-client-channel', 'constant-channel'],
    ['sim-left-alone', 'left-alone'],
  ])('a study of %s is told of %s', async (name, kind) => {
    const told: string[] = [];
    const study = await readStudyFile(join(CASES, name, 'study.yaml'));
    const tell = (suspects: readonly { readonly kind: string }[]): void => {
      told.push(...suspects.map((suspect) => suspect.kind));
    };
    await loadSimulation(study, { folder: join(CASES, name, 'data'), check: { tell } });
    expect(told).toContain(kind);
  });
});
