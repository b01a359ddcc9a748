import { parseStudy } from '@gaitway/core';
import { minimalStudy } from '@gaitway/core/testing/studies';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { readStudyFile } from './read-yaml-file.js';

/** The path of a file with this text. */
async function written(text: string): Promise<string> {
  return join(await temporaryFolder({ 'study.yaml': text }), 'study.yaml');
}

describe('a study file', () => {
  it.each([
    ['YAML', stringify(minimalStudy)],
    ['JSON', JSON.stringify(minimalStudy)],
  ])('is read from %s', async (_, text) => {
    expect(await readStudyFile(await written(text))).toEqual(parseStudy(minimalStudy));
  });

  it('gets another seed where one is given, 0 among them', async () => {
    const path = await written(stringify({ ...minimalStudy, seed: 5 }));
    expect((await readStudyFile(path)).seed).toBe(5);
    expect((await readStudyFile(path, 0)).seed).toBe(0);
  });
});

describe('a study file is refused', () => {
  it.each([
    ['an unknown key', stringify({ ...minimalStudy, sead: 1 }), /^sead: unknown key, .*; did you mean "seed"\?$/],
    ['a wrong value', stringify({ ...minimalStudy, seed: 'one' }), /^seed: expected .*, found "one"$/],
    ['a tab for an indent', 'name: a\nsensors:\n\trateHz: 50\n', /^Tabs are not allowed .* at line 3, column 1$/],
    ['a key that is there twice', 'name: a\nname: b\n', /^Map keys must be unique at line 2, column 1$/],
    ['an alias of nothing', 'name: a\nactivities: [*walking]\n', /^Unresolved alias .*: walking$/],
    ['no text at all', '', /^expected an object, found null$/],
  ])('for %s', async (_, text, message) => {
    const path = await written(text);
    const error: unknown = await readStudyFile(path).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'InvalidInput', source: path });
    const [first = ''] = (error as Error).message.split('\n');
    expect(first.startsWith(`${path}: `)).toBe(true);
    expect(first.slice(path.length + 2)).toMatch(message);
  });

  it('when there is none', async () => {
    await expect(readStudyFile('no/study.yaml')).rejects.toThrow('no/study.yaml: expected a study file, found nothing');
  });
});
