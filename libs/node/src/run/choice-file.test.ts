import { InvalidInput, parseStudy, studyDigest } from '@gaitway/core';
import { minimalStudy } from '@gaitway/core/testing/studies';
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { noFiles } from '../testing/no-files.js';
import { sampleChoice } from '../testing/sample-choice.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { readChoice } from './choice-file.js';
import { runFolder } from './run-folder.js';

const study = parseStudy(minimalStudy);

describe('the choice of a run', () => {
  it('is none where there is no file', async () => {
    expect(await readChoice(runFolder(await temporaryFolder()), study)).toBeUndefined();
  });

  it.runIf(process.platform !== 'win32')('is refused where something else is in its place', async () => {
    for (const { found, put } of noFiles) {
      const folder = runFolder(await temporaryFolder());
      put(folder.choice);
      await expect(readChoice(folder, study)).rejects.toThrow(`${folder.choice}: expected a file, found ${found}`);
    }
  });

  it.each<[string, string | Uint8Array, string]>([
    ['is empty', '', 'expected JSON'],
    ['was cut short', JSON.stringify(sampleChoice).slice(0, 100), 'expected JSON'],
    ['is in another encoding', Buffer.from('{"chosen":"Gr\u00fcn"}', 'latin1'), 'expected text in UTF-8'],
    ['is something else', '{"written":1}', 'written: expected text, found 1'],
    ['is of another study', JSON.stringify(sampleChoice), 'the recipe in this folder was chosen for another study'],
  ])('is refused where its file %s', async (_, content, message) => {
    const folder = runFolder(await temporaryFolder({ 'choice.json': content }));
    await expect(readChoice(folder, study)).rejects.toThrow(InvalidInput);
    await expect(readChoice(folder, study)).rejects.toThrow(message);
  });

  it('is refused where somebody has changed the recipe that it names', async () => {
    const folder = runFolder(await temporaryFolder());
    await writeFile(folder.choice, JSON.stringify({ ...sampleChoice, written: await studyDigest(study) }));
    await expect(readChoice(folder, study)).rejects.toThrow(`${folder.choice}: chosen: expected one of`);
  });
});
