/**
 * The words of the code are words that a reader knows. Each of the most frequent words in the identifiers and file names
 * of the applications and the protocol is in the glossary, or is an ordinary word that means here what it means anywhere.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** So many of the most frequent words are looked at. */
const FREQUENT = 200;

/**
 * Words of English, of JavaScript and of network services. A word that Gaitway gives a meaning of its own does not belong
 * here but into the glossary; one that needs an explanation needs a better word.
 */
const ordinary = new Set(
  `
  abort action activities add address after all answers args argument array async at available begin by byte bytes
  cancel cause change child clients clock close code command commands condition conditions connections const constant
  content context controller conversation coordinate count counter counters counts create date decode default delete
  demo description digests dispose drain each emit encode encoded end ended ending ends error evaluation event events
  extent failure fault fc file filter find finished first float folder for found from gaitway get given handle has headers help host
  http id in index input interruption invalid is job join joined json kept key keys kind known labelled labels largest last left
  length limit limits line listener listeners literal load log lost map math max members messages metric metrics missing
  models ms name names native next node note now number numbers object of offset on once open option optional options
  output packet page parse path people per plan planned platform pool port prepare prepared present process program
  progress promise protocol queue rate read readonly reason reconnect record refuse refused registered reject render report
  reporter request require resolve result return samples schema schemas second seconds seed send sent serve served
  service set signal size socket source src stages start state status stop strict string stringify studies summary
  symbol synthetic take tasks test testing text time timeout timer tls to total traffic train transfer type uint
  unavailable undefined until up url value values view waiting wheel windows with write written zod
  `.match(/\S+/g),
);

/** The words of a name: `maxUploadBytes` and `max-upload-bytes` have the same three. */
function wordsOf(name: string): readonly string[] {
  const words = name.split(/[^A-Za-z]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
  return words.filter((word) => word.length > 1).map((word) => word.toLowerCase());
}

/** The words of the first column of the glossary's table. */
function glossaryWords(glossary: string): ReadonlySet<string> {
  const names = [...glossary.matchAll(/^\| ([^|]+)\|/gm)].map(([, name]) => name ?? '');
  return new Set(names.flatMap(wordsOf));
}

/** The names in a file: every identifier, as often as it occurs. */
function identifiersOf(path: string, text: string): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      names.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return names;
}

/** The most frequent words of names, the most frequent first; equally frequent ones by the alphabet. */
function frequentWords(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const word of names.flatMap(wordsOf)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return sorted.slice(0, FREQUENT).map(([word]) => word);
}

/** The names in the applications and the protocol: of files, and in them. Tests are left out. */
function namesOfServices(): readonly string[] {
  const folders = ['apps/cli/src', 'apps/client/src', 'apps/coordinator/src', 'libs/protocol/src'];
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  );
  return paths
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .flatMap((path) => {
      const [, , , ...names] = path.replace(/\.ts$/, '').split('/');
      return [...names, ...identifiersOf(path, readFileSync(join(root, path), 'utf8'))];
    });
}

describe('the words of the code', () => {
  it('are in the glossary, or ordinary', () => {
    const known = glossaryWords(readFileSync(join(root, 'docs', 'glossary.md'), 'utf8'));
    const unknown = frequentWords(namesOfServices()).filter(
      (word) => ![word, word.replace(/s$/, '')].some((form) => known.has(form) || ordinary.has(form)),
    );
    expect(unknown).toEqual([]);
  });

  it('have one place: none is both ordinary and in the glossary by itself', () => {
    const glossary = readFileSync(join(root, 'docs', 'glossary.md'), 'utf8');
    const alone = [...glossary.matchAll(/^\| (\w+) +\|/gm)].map(([, word]) => word?.toLowerCase() ?? '');
    expect(alone.filter((word) => ordinary.has(word))).toEqual([]);
  });
});

describe('the count of words', () => {
  it('takes names apart and counts their words', () => {
    expect(wordsOf('maxUploadBytes')).toEqual(['max', 'upload', 'bytes']);
    expect(wordsOf('HTTPServer-limits_v2')).toEqual(['http', 'server', 'limits']);
    expect(identifiersOf('a.ts', 'const doorBell = ring(doorBell); // not comment')).toEqual([
      'doorBell',
      'ring',
      'doorBell',
    ]);
    expect(frequentWords(['doorBell', 'ring', 'doorBell'])).toEqual(['bell', 'door', 'ring']);
    expect([...glossaryWords('| word | means |\n| answer cache | kept |')]).toEqual(['word', 'answer', 'cache']);
  });
});
