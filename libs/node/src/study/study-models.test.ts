import { layoutOf, parseStudy, type Study } from '@gaitway/core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeModel } from '../run/model-file.js';
import { sampleStudy } from '../testing/sample-study.js';
import { readStudyModels } from './study-models.js';

const sample = sampleStudy();

/** A study whose stage starts from `model.safetensors`, labelled as told. */
function studyWith(teacher?: 'newest'): Study {
  const objective = teacher
    ? { objective: 'self-training', teacher, where: 'clients', rounds: 1 }
    : { objective: 'supervised', where: 'coordinator' };
  const stage = { name: 'student', ...objective, from: { model: 'model.safetensors' }, steps: 1 };
  return parseStudy({ ...sample, stages: [stage] }, 'study.yaml');
}

describe('the stored models of a study', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gaitway-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const read = (study: Study): Promise<unknown> => readStudyModels(study, join(folder, 'study.yaml'));

  async function store(channels: number, activities: readonly string[]): Promise<Float32Array> {
    const network = {
      window: { length: 50, channels },
      convolutions: [{ filters: 2, kernel: 3 }],
      dropoutRate: 0,
      l2: 0,
      heads: [{ name: 'activity', kind: 'exclusive', outputs: activities, hiddenUnits: 4 }],
    } as const;
    const parameters = new Float32Array(layoutOf(network).size).fill(0.5);
    const { sensors } = sample;
    const origin = { gaitway: '0.1.0', study: 'other', studyDigest: 'ab'.repeat(32), stage: 'teacher' };
    await writeModel(join(folder, 'model.safetensors'), parameters, { ...origin, activities, sensors, network });
    return parameters;
  }

  it('are read beside the study, by the paths it names, whatever their activities', async () => {
    const parameters = await store(sample.sensors.channels.length, ['rowing', 'cycling']);
    expect(await read(studyWith())).toEqual(
      new Map([['model.safetensors', { network: expect.anything() as unknown, parameters }]]),
    );
  });

  it('are refused where they are missing', async () => {
    await expect(read(studyWith())).rejects.toThrow("stages[0].from.model: expected a model's file, found nothing at");
  });

  it('are refused where they have other channels', async () => {
    await store(6, ['rowing', 'cycling']);
    await expect(read(studyWith())).rejects.toThrow(
      'stages[0].from.model: expected a model of 3 channels, found one of 6',
    );
  });

  it('are refused where they are to label and do not know the activities', async () => {
    await store(sample.sensors.channels.length, ['rowing', 'cycling']);
    await expect(read(studyWith('newest'))).rejects.toThrow('because it labels windows, found rowing, cycling');
  });
});
