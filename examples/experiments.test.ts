import type { SensorPlan } from '@gaitway/core';
import { readExperiment, readStudyFile } from '@gaitway/node';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, 'experiments');

it('low-label.yaml compares seven methods, beside the published figures', async () => {
  const { methods, windowsPerClass, reference } = await readExperiment(join(folder, 'low-label.yaml'));
  expect(windowsPerClass).toEqual([2, 5, 10, 50, 100]);
  expect(methods.map(({ name, kind }) => [name, kind])).toEqual([
    ['supervised', 'study'],
    ['transformation-discrimination', 'study'],
    ['selfhar-central', 'study'],
    ['selfhar-federated', 'study'],
    ['selfhar-alternating', 'study'],
    ['selfhar-pretrained', 'study'],
    ['few-people', 'study'],
    ['few-people-teacher', 'study'],
  ]);
  // Each published figure has the name of a method, and so its colour.
  const named = new Set(methods.map(({ name }) => name));
  expect(reference.filter(({ name }) => !named.has(name))).toEqual([]);
});

it('the methods of low-label.yaml learn from the same windows of the same 19 people, alone or as clients', async () => {
  const { methods } = await readExperiment(join(folder, 'low-label.yaml'));
  const studies = methods.flatMap((method) => (method.kind === 'study' ? [method.study] : []));
  const [first] = studies;
  const windowsOf = ({ channels, rateHz, window, step }: SensorPlan): unknown => ({ channels, rateHz, window, step });
  for (const { sensors, activities, people } of studies) {
    expect(windowsOf(sensors)).toEqual(windowsOf(first!.sensors));
    expect(activities).toEqual(first!.activities);
    expect(people.test).toEqual(['1', '6', '14', '19', '23']);
    expect(people.labelled).toEqual(first!.people.labelled);
    expect(people.labelled).toHaveLength(19);
    expect(['everyone', { pool: people.labelled }]).toContainEqual(people.clients);
  }
});

it('the methods of compression.yaml differ in the form of the updates only', async () => {
  const { methods } = await readExperiment(join(folder, 'compression.yaml'));
  const studies = methods.flatMap((method) => (method.kind === 'study' ? [method.study] : []));
  const forms = studies.flatMap(({ stages }) =>
    stages.map((stage) => (stage.where === 'clients' ? stage.compress : '')),
  );
  expect(forms).toEqual([
    undefined,
    { kind: 'fp16' },
    { kind: 'bf16' },
    { kind: 'int8' },
    { kind: 'top-k', share: 0.1 },
    { kind: 'top-k', share: 0.01 },
    { kind: 'int8', feedback: true },
    { kind: 'top-k', share: 0.1, feedback: true },
    { kind: 'top-k', share: 0.01, feedback: true },
  ]);
  const others = studies.map((study) =>
    JSON.stringify({ ...study, name: '', stages: study.stages.map((stage) => ({ ...stage, compress: undefined })) }),
  );
  expect(new Set(others).size).toBe(1);
});

it('the draws of few-people-ablation.yaml are the first of few-people.yaml', async () => {
  const [ablation, whole] = await Promise.all(
    ['few-people-ablation.yaml', 'few-people.yaml'].map((file) => readExperiment(join(folder, file))),
  );
  expect({ ...ablation!.draws, count: whole!.draws?.count }).toEqual(whole!.draws);
});

it.each(['two', 'five', 'ten'])('few-people-%s.yaml has the methods of few-people-one.yaml', async (count) => {
  const [few, one] = await Promise.all(
    [`few-people-${count}.yaml`, 'few-people-one.yaml'].map((file) => readExperiment(join(folder, file))),
  );
  expect(few!.methods).toEqual(one!.methods);
  expect(few!.compare).toEqual(one!.compare);
});

it('few-people-wisdm.yaml draws on people who are tested in one group alone', async () => {
  const { draws } = await readExperiment(join(folder, 'few-people-wisdm.yaml'));
  const tested = draws?.test.flat() ?? [];
  expect(new Set(tested).size).toBe(tested.length);
  expect(draws?.test.map((group) => group.length)).toEqual([6, 6, 6]);
});

it('few-people-gap.yaml gives one client the recordings of all others', async () => {
  const { methods } = await readExperiment(join(folder, 'few-people-gap.yaml'));
  const [federated, pooled] = methods.flatMap((method) => (method.kind === 'study' ? [method.study] : []));
  const { clients, ...others } = pooled!.people;
  expect(others).toEqual({ test: federated!.people.test, labelled: federated!.people.labelled });
  const named = new Set([...others.test, ...others.labelled, ...Object.values(clients).flat()]);
  expect(named.size).toBe(24);
  expect(pooled!.sensors).toEqual(federated!.sensors);
});

it('few-people-start.yaml begins with what the study before it leaves behind', async () => {
  const before = await readStudyFile(join(folder, '..', 'transfer', 'wisdm-inputs.yaml'));
  const { stages, sensors, model } = await readStudyFile(join(folder, 'few-people', 'start.yaml'));
  expect({ sensors, model }).toEqual({ sensors: before.sensors, model: before.model });
  expect(stages[0]!.from).toEqual({ model: `${before.stages[0]!.name}.safetensors` });
});
