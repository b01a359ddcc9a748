import { readExperiment } from '@gaitway/node';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, 'experiments');

it('low-label.yaml compares six methods, beside the published figures', async () => {
  const { methods, windowsPerClass, reference } = await readExperiment(join(folder, 'low-label.yaml'));
  expect(windowsPerClass).toEqual([2, 10, 100]);
  expect(methods.map(({ name, kind }) => [name, kind])).toEqual([
    ['supervised', 'study'],
    ['transformation-discrimination', 'study'],
    ['selfhar-central', 'study'],
    ['selfhar-federated', 'study'],
    ['selfhar-alternating', 'study'],
    ['selfhar-pretrained', 'study'],
  ]);
  // Each published figure stands beside the method of the same name, in its colour.
  const named = new Set(methods.map(({ name }) => name));
  expect(reference.filter(({ name }) => !named.has(name))).toEqual([]);
});

it('the methods of low-label.yaml learn from the same windows of the same 19 people, alone or as clients', async () => {
  const { methods } = await readExperiment(join(folder, 'low-label.yaml'));
  const studies = methods.flatMap((method) => (method.kind === 'study' ? [method.study] : []));
  const [first] = studies;
  for (const { sensors, activities, people } of studies) {
    expect({ sensors, activities }).toEqual({ sensors: first!.sensors, activities: first!.activities });
    expect(people.test).toEqual(['1', '6', '14', '19', '23']);
    expect(people.labelled).toEqual(first!.people.labelled);
    expect(people.labelled).toHaveLength(19);
    expect(['everyone', { pool: people.labelled }]).toContainEqual(people.clients);
  }
});
