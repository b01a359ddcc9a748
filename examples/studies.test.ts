import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStudyFile } from '@gaitway/node';
import { expect, it, onTestFinished } from 'vitest';

const folder = join(import.meta.dirname, 'studies');

const onClients =
  'name: student\n    where: clients\n    objective: transformation-discrimination\n    rounds: 10\n    epochs: 1';

/** The YAML in docs/studies.md: the first block is a whole study, the others are variants of some of its keys. */
const [shortest = '', ...variants] = yamlIn('studies.md');

/** Both pages show keys of a client stage by themselves, without the rest of the stage. */
const written = [...variants, ...yamlIn('strategies.md')].map((text) =>
  /^(sensors|model|people|choose|stages|evaluation):/.test(text) ? text : stageWith(text),
);

function stageWith(keys: string): string {
  return `stages:\n  - ${[onClients, ...keys.trimEnd().split('\n')].join('\n    ')}\n`;
}

function yamlIn(page: string): readonly string[] {
  const text = readFileSync(join(import.meta.dirname, '../docs', page), 'utf8');
  return [...text.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, block = '']) => block);
}

it.each(readdirSync(folder))('%s is a study of a teacher and of students at the clients', async (file) => {
  const study = await readStudyFile(join(folder, file));
  expect(`${study.name}.yaml`).toBe(file);
  expect(study.stages.map(({ name, where }) => [name, where])).toEqual([
    ['teacher', 'coordinator'],
    ['student', 'clients'],
  ]);
});

it.each([shortest, ...written.map(inPlace)])('the study of the documentation can be read:\n%s', async (text) => {
  const temporary = mkdtempSync(join(tmpdir(), 'gaitway-'));
  onTestFinished(() => {
    rmSync(temporary, { recursive: true });
  });
  const path = join(temporary, 'study.yaml');
  writeFileSync(path, text);
  expect((await readStudyFile(path)).name).toBe('first');
});

/** The shortest study, with the variant in place of the key that the variant begins with. */
function inPlace(variant: string): string {
  const key = variant.slice(0, variant.indexOf(':') + 1);
  const kept = shortest.split('\n').filter((line) => !line.startsWith(key));
  return [...kept, variant].join('\n');
}
