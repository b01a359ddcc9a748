import type { Study } from '@gaitway/core';
import { readStudyFile } from '@gaitway/node';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { studyTemplate } from './study-template.js';
import { temporaryFolder } from './testing/temporary-folder.js';

/** A line such as `    # batch: 64`. */
const COMMENTED_KEY = /^( *)# (\w+: )/gm;

async function read(text: string): Promise<Study> {
  const path = join(await temporaryFolder(), 'study.yaml');
  await writeFile(path, text);
  return readStudyFile(path);
}

describe('the study file to begin with', () => {
  it('can be read', async () => {
    expect(await read(studyTemplate)).toMatchObject({ name: 'my-study', seed: 1, people: { clients: 'rest' } });
  });

  it('shows the default of each key that is commented out', async () => {
    const keys = [...studyTemplate.matchAll(COMMENTED_KEY)].map(([, , key]) => key);
    expect(keys).toEqual(['otherActivities: ', 'batch: ', 'optimizer: ', 'selection: ', 'coordinatorTakesPart: ']);
    expect(await read(studyTemplate.replace(COMMENTED_KEY, '$1$2'))).toEqual(await read(studyTemplate));
  });

  it('has the stages of the preset that it names, with rounds of enough clients for their default policy', async () => {
    const preset = await read(studyTemplate.replace(/^stages:\n(?: .*\n|\n)*/m, 'stages: few-people\n'));
    const cohort = { target: 4, minimum: 3, quorum: 3 };
    const stages = preset.stages.map((stage) => (stage.where === 'clients' ? { ...stage, cohort } : stage));
    expect((await read(studyTemplate)).stages).toEqual(stages);
  });
});
