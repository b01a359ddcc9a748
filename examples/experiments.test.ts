import { readExperiment } from '@gaitway/node';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, 'experiments');

it('low-label.yaml compares five methods on the same test people', async () => {
  const { methods, test, windowsPerClass, reference } = await readExperiment(join(folder, 'low-label.yaml'));
  expect(test).toEqual(['1', '6', '14', '19', '23']);
  expect(windowsPerClass).toEqual([10, 50, 100]);
  expect(methods.map(({ name, kind }) => [name, kind])).toEqual([
    ['supervised', 'pipeline'],
    ['transformation-discrimination', 'pipeline'],
    ['selfhar-central', 'pipeline'],
    ['selfhar-federated', 'study'],
    ['selfhar-alternating', 'study'],
  ]);
  // Each published figure stands beside the method of the same name, in its colour.
  const named = new Set(methods.map(({ name }) => name));
  expect(reference.filter(({ name }) => !named.has(name))).toEqual([]);
});

it('the federated studies of low-label.yaml make all 19 training people both labelled and clients', async () => {
  const { methods } = await readExperiment(join(folder, 'low-label.yaml'));
  const studies = methods.filter((method) => method.kind === 'study');
  expect(studies).toHaveLength(2);
  for (const { study } of studies) {
    expect(study.people.labelled).toHaveLength(19);
    expect(study.people.clients).toBe('everyone');
  }
});
