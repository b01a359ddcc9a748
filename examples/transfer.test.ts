import { readStudyFile } from '@gaitway/node';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, 'transfer');

it('the study of the transfer begins with what the study before it leaves behind', async () => {
  const before = await readStudyFile(join(folder, 'wisdm.yaml'));
  const { stages, sensors, model } = await readStudyFile(join(folder, 'motionsense.yaml'));
  expect({ sensors, model }).toEqual({ sensors: before.sensors, model: before.model });
  const left = before.stages.map(({ name }) => `${name}.safetensors`);
  const starts = stages.flatMap(({ from }) => (typeof from === 'object' ? [from.model] : []));
  expect([...new Set(starts)]).toEqual(left);
});
