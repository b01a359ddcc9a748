import { parseStudy, type Study } from '@gaitway/core';
import { layoutOf } from '@gaitway/core/model';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeModel } from '../models/model-file.js';
import { sampleStudy } from '../testing/sample-study.js';
import { readStudyModels } from './study-models.js';

const sample = sampleStudy();

/** A study whose stage starts from `model.safetensors`, labelled as told. */
function studyWith(teacher?: 'newest' | { readonly average: 'newest'; readonly decay: number }): Study {
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

  interface Stored {
    readonly channels?: readonly string[];
    readonly activities?: readonly string[];
    readonly convolutions?: Study['model']['convolutions'];
    readonly hiddenUnits?: number;
    readonly sharedConvolutions?: number;
  }

  /** A model of shorter windows than the study's. */
  async function store(stored: Stored): Promise<Float32Array> {
    const {
      channels = ['x', 'y', 'z'],
      activities = ['rowing', 'cycling'],
      hiddenUnits = 8,
      sharedConvolutions,
    } = stored;
    const network = {
      window: { length: 50, channels: channels.length },
      convolutions: stored.convolutions ?? sample.model.convolutions,
      dropoutRate: 0,
      l2: 0,
      heads: [{ name: 'activity', kind: 'exclusive', outputs: activities, hiddenUnits }],
      ...(sharedConvolutions !== undefined && { sharedConvolutions }),
    } as const;
    const parameters = new Float32Array(layoutOf(network).size).fill(0.5);
    const sensors = { ...sample.sensors, channels };
    const origin = { gaitway: '0.1.0', study: 'other', studyDigest: 'ab'.repeat(32), stage: 'teacher', rounds: 1 };
    const metadata = { ...origin, seed: 1, activities, sensors, unit: 'g', network } as const;
    await writeModel(join(folder, 'model.safetensors'), parameters, metadata);
    return parameters;
  }

  it('are read beside the study, by the paths it names, whatever their activities and the length of their windows', async () => {
    const parameters = await store({});
    expect(await read(studyWith())).toEqual(
      new Map([['model.safetensors', { network: expect.anything() as unknown, parameters }]]),
    );
  });

  it('are refused where they are missing', async () => {
    await expect(read(studyWith())).rejects.toThrow("stages[0].from.model: expected a model's file, found nothing at");
    await mkdir(join(folder, 'model.safetensors'));
    await expect(read(studyWith())).rejects.toThrow("expected a model's file, found a folder at");
  });

  it.each([[['x', 'y', 'z', 'gyro']], [['z', 'y', 'x']], [['gyroX', 'gyroY', 'gyroZ']]])(
    'are refused where they have the channels %j',
    async (channels) => {
      await store({ channels });
      await expect(read(studyWith())).rejects.toThrow(
        `study.yaml: stages[0].from.model: expected a model of the channels x, y, z, found one of ${channels.join(', ')}`,
      );
    },
  );

  it('are refused where nothing of their core can be taken over', async () => {
    await store({ convolutions: [{ filters: 2, kernel: 3 }] });
    await expect(read(studyWith())).rejects.toThrow(
      'stages[0].from.model: expected a model whose convolutions begin with 4 x 8 (filters x time steps), found 2 x 3',
    );
    await store({ sharedConvolutions: 0 });
    await expect(read(studyWith())).rejects.toThrow(
      'begin with 4 x 8 (filters x time steps), found none that its tasks share',
    );
    await store({ convolutions: sample.model.convolutions.slice(0, 1) });
    await expect(read(studyWith())).resolves.toBeDefined();
  });

  it('are refused where they are to label and do not know the activities', async () => {
    await store({});
    for (const teacher of ['newest', { average: 'newest', decay: 0.9 }] as const) {
      await expect(read(studyWith(teacher))).rejects.toThrow('because it labels windows, found rowing, cycling');
    }
    const { activities } = sample;
    await store({ activities });
    await expect(read(studyWith('newest'))).resolves.toBeDefined();
    await store({ activities, hiddenUnits: 4 });
    await expect(read(studyWith('newest'))).rejects.toThrow('expected an activity head of 8 hidden units');
    await store({ activities, sharedConvolutions: 1 });
    await expect(read(studyWith('newest'))).rejects.toThrow(
      'begin with 4 x 8, 6 x 4 (filters x time steps), found 4 x 8',
    );
    await store({ activities, convolutions: sample.model.convolutions.slice(0, 1) });
    await expect(read(studyWith('newest'))).rejects.toThrow('begin with 4 x 8, 6 x 4');
  });
});
