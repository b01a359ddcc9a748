/** Reads public data sets, if the machine has their archives beside the repository. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SensorRecording } from '@gaitway/core';
import { resample, slideLabelledWindows, slideWindows, windowCount } from '@gaitway/core/data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDataFolder } from './data-folder.js';

const ARCHIVES = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));

/** Whether the archive exists; tests that need it are skipped if not. */
function hasRealData(archive: string): boolean {
  return existsSync(join(ARCHIVES, archive));
}

/** Unpacks an archive into a new temporary folder, which the caller removes. */
function unpackRealData(archive: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'gaitway-'));
  execFileSync('tar', ['-xJf', join(ARCHIVES, archive), '-C', folder]);
  return folder;
}

const activities = ['downstairs', 'upstairs', 'sitting', 'standing', 'walking', 'jogging'];

async function readAt(folder: string, rateHz: number): Promise<readonly SensorRecording[]> {
  const recordings: SensorRecording[] = [];
  for await (const raw of readDataFolder(folder)) {
    recordings.push(...resample(raw, rateHz));
  }
  return recordings;
}

describe.skipIf(!hasRealData('motionsense.tar.xz'))('MotionSense (skipped where its archive is not there)', () => {
  const plan = { length: 400, step: 200 };
  const testPeople = ['1', '6', '14', '19', '23'];
  let folder = '';
  let recordings: readonly SensorRecording[] = [];
  beforeAll(async () => {
    folder = unpackRealData('motionsense.tar.xz');
    recordings = await readAt(folder, 50);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('has 24 people, 360 recordings and 1,412,865 samples of three axes', () => {
    expect(new Set(recordings.map(({ subject }) => subject)).size).toBe(24);
    expect(recordings).toHaveLength(360);
    expect(recordings.reduce((sum, { samples }) => sum + samples.length, 0)).toBe(3 * 1_412_865);
  });

  test('gives the reference split its 5,124 and 1,402 windows, all of them labelled', () => {
    const training = recordings.filter(({ subject }) => !testPeople.includes(subject));
    const held = recordings.filter(({ subject }) => testPeople.includes(subject));
    expect(windowCount(slideWindows(training, plan))).toBe(4_611 + 513);
    expect(windowCount(slideLabelledWindows(training, plan, activities))).toBe(4_611 + 513);
    expect(windowCount(slideLabelledWindows(held, plan, activities))).toBe(1_402);
  });
});

describe.skipIf(!hasRealData('wisdm2019-phone.tar.xz'))('WISDM (skipped where its archive is not there)', () => {
  let folder = '';
  let recordings: readonly SensorRecording[] = [];
  beforeAll(async () => {
    folder = unpackRealData('wisdm2019-phone.tar.xz');
    recordings = await readAt(folder, 50);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is not shredded by its uneven clocks: 393 recordings, 12 of them cut once', () => {
    expect(new Set(recordings.map(({ subject }) => subject)).size).toBe(22);
    expect(recordings).toHaveLength(393 + 12);
  });

  test('keeps its hours at the new rate', () => {
    const hours = recordings.reduce((sum, { samples }) => sum + samples.length / 3 / 50 / 3600, 0);
    expect(hours).toBeCloseTo(19.64, 1);
  });
});
