/** Folders and files have a size that a reader can take in. CONTRIBUTING.md says what stays apart, and why. */

import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf } from './imports-of.js';

const root = join(import.meta.dirname, '..');

/** More side by side than this and a reader stops looking at the list. */
const LARGEST_FOLDER = 20;

/** What is shorter than this and used in one place is read faster in that place. */
const SHORT_FILE_LINES = 25;

/** Between these many lines the median file says one thing whole, without a second one. */
const MEDIAN_LINES = { min: 60, max: 120 };

/** One of a kind in each file: whoever adds the next one looks for a file to copy, and for the list to add it to. */
const kinds = [
  'apps/cli/src/commands/',
  'libs/core/src/augment/',
  'libs/core/src/federated/compression/',
  'libs/core/src/federated/strategies/',
  'libs/core/src/model/head-kinds/',
  'libs/core/src/train/selection/',
];

/** Written by a tool, or a process of its own. */
const alone = /-binary\.ts$|^apps\/cli\/src\/native\/prove\.ts$/;

/** Texts by path, relative to the root. */
type Sources = ReadonlyMap<string, string>;

function readSources(): Sources {
  const paths = ['apps', 'libs', 'tools', 'benchmarks', 'examples'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' }).map((path) => join(top, path)),
  );
  const sources = paths.filter((path) => path.endsWith('.ts') && !/node_modules|dist\/|out-tsc/.test(path)).sort();
  return new Map(sources.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

const isTest = (path: string): boolean => path.endsWith('.test.ts');

/** Folders with too many source files; tests stand beside the code and are not counted. */
function fullFolders(sources: Sources): readonly string[] {
  const counts = new Map<string, number>();
  for (const path of [...sources.keys()].filter((source) => !isTest(source))) {
    counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > LARGEST_FOLDER)
    .map(([folder, count]) => `${folder}: expected at most ${LARGEST_FOLDER} source files, found ${count}`);
}

/** Who imports each file, its own test left out. */
function importersOf(sources: Sources): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const [path, text] of sources) {
    for (const target of importsOf(path, text)) {
      if (path !== target.replace(/\.ts$/, '.test.ts')) {
        importers.set(target, [...(importers.get(target) ?? []), path]);
      }
    }
  }
  return importers;
}

/**
 * Short files with one importer. One that a package exports, or that has a test of its own, is a unit that is used or
 * understood by itself.
 */
function fragments(sources: Sources): readonly string[] {
  const importers = importersOf(sources);
  return [...sources]
    .filter(([path]) => !isTest(path) && !alone.test(path) && !kinds.some((folder) => path.startsWith(folder)))
    .filter(
      ([path, text]) => text.split('\n').length <= SHORT_FILE_LINES && !sources.has(path.replace(/\.ts$/, '.test.ts')),
    )
    .flatMap(([path]) => {
      const [importer, ...others] = importers.get(path) ?? [];
      const stands = importer === undefined || others.length > 0 || basename(importer) === 'index.ts';
      return stands ? [] : [`${path}: expected to stand in ${importer}, its only importer`];
    });
}

/** The first circle of imports that is found from each file, types included: a, b, a where a imports b and b imports a. */
function circles(sources: Sources): readonly string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) {
      found.push([...way.slice(way.indexOf(path)), path].join(' -> '));
    } else if (!done.has(path)) {
      done.add(path);
      const targets = [...importsOf(path, sources.get(path) ?? '')].filter((target) => sources.has(target));
      targets.forEach((target) => {
        visit(target, [...way, path]);
      });
    }
  };
  [...sources.keys()].forEach((path) => {
    visit(path, []);
  });
  return found;
}

/** The number of lines of the file in the middle; tests are not counted. */
function medianLines(sources: Sources): number {
  const lines = [...sources].flatMap(([path, text]) => (isTest(path) ? [] : [text.split('\n').length - 1]));
  return lines.sort((a, b) => a - b)[Math.floor(lines.length / 2)] ?? 0;
}

describe('the layout of the sources', () => {
  const sources = readSources();

  it('has no folder with too many files', () => {
    expect(fullFolders(sources)).toEqual([]);
  });

  it('has no short file with a single importer', () => {
    expect(fragments(sources)).toEqual([]);
  });

  it('has no circle of imports', () => {
    expect(circles(sources)).toEqual([]);
  });

  it('has files of a size that is read in one go', () => {
    const median = medianLines(sources);
    expect(median).toBeGreaterThanOrEqual(MEDIAN_LINES.min);
    expect(median).toBeLessThanOrEqual(MEDIAN_LINES.max);
  });
});

describe('the checks of the layout', () => {
  it('count source files and leave tests out', () => {
    const files = Array.from({ length: 20 }, (_, index) => [`libs/a/src/f${index}.ts`, ''] as const);
    expect(fullFolders(new Map([...files, ['libs/a/src/f0.test.ts', '']]))).toEqual([]);
    expect(fullFolders(new Map([...files, ['libs/a/src/more.ts', '']]))).toEqual([
      'libs/a/src: expected at most 20 source files, found 21',
    ]);
  });

  it('find a circle, of types too, and none where two files import a third', () => {
    const planted = new Map([
      ['libs/a/src/one.ts', "import './two.js';\nimport './three.js';"],
      ['libs/a/src/two.ts', "import type { Three } from './three.js';"],
      ['libs/a/src/three.ts', "import type { Two } from './two.js';"],
    ]);
    expect(circles(planted)).toEqual(['libs/a/src/two.ts -> libs/a/src/three.ts -> libs/a/src/two.ts']);
    expect(circles(new Map([...planted, ['libs/a/src/three.ts', '']]))).toEqual([]);
  });

  it('take the median of the sources alone', () => {
    const lengths = { 'a.ts': 10, 'b.ts': 70, 'c.ts': 90, 'a.test.ts': 900, 'b.test.ts': 900 };
    const sources = Object.entries(lengths).map(([path, lines]) => [path, '\n'.repeat(lines)] as const);
    expect(medianLines(new Map(sources))).toBe(70);
  });

  it('find a fragment, and none in what is used twice, exported, tested or long', () => {
    const planted = new Map([
      ['libs/a/src/caller.ts', "import { fragment } from './fragment.js';\nimport type { shared } from './shared.js';"],
      ['libs/a/src/other.ts', "import { shared } from './shared.js';\nexport { long } from './long.js';"],
      ['libs/a/src/other.test.ts', "import './tested.js';"],
      ['libs/a/src/index.ts', "export { exported } from './exported.js';\nexport { other } from './other.js';"],
      ['libs/a/src/tested.test.ts', "import './tested.js';"],
      ...['fragment', 'shared', 'exported', 'tested'].map((name) => [`libs/a/src/${name}.ts`, ''] as const),
      ['libs/a/src/long.ts', '\n'.repeat(25)],
    ]);
    expect(fragments(planted)).toEqual([
      'libs/a/src/fragment.ts: expected to stand in libs/a/src/caller.ts, its only importer',
    ]);
  });
});
