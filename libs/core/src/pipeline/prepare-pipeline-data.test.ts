import { describe, expect, it } from 'vitest';
import type { SensorRecording } from '../data/recording.js';
import { windowCount, type WindowedDataset } from '../data/windows.js';
import { writeInputs } from '../inputs/window-inputs.js';
import { labelled, oneChannel } from '../testing/windows.js';
import { preparePipelineData, type PreparationOptions, everyFifthPerson } from './prepare-pipeline-data.js';

/** Ten windows of `walk`, ten of `run` and ten without an activity, of one sample each. */
function person(subject: string, letters = 'w'.repeat(10) + 'r'.repeat(10) + '.'.repeat(10)): SensorRecording {
  const values = Array.from(letters, (_, index) => index);
  return oneChannel(values, { subject, source: `${subject}.csv`, labels: labelled(letters) });
}

const options: PreparationOptions = { windows: { length: 1, step: 1 }, seed: 1 };
const people = { labelled: [person('ann'), person('ben')], test: [person('tom')] };

function places({ recordingOf, startOf }: WindowedDataset): readonly string[] {
  return Array.from(startOf, (start, window) => `${recordingOf[window]!}:${start}`);
}

describe('data of a pipeline', () => {
  it('are labelled windows, a tenth to validate on, the other windows of these people, and the test people', () => {
    const { activities, data } = preparePipelineData(people, options);
    expect(activities).toEqual(['r', 'w']);
    expect([data.labelled, data.validation, data.unlabelled, data.test].map(windowCount)).toEqual([36, 4, 24, 20]);
    // 60 windows in all, each there once.
    expect(new Set([...places(data.labelled), ...places(data.unlabelled)]).size).toBe(60);
    const validation = new Set(places(data.validation));
    expect(places(data.labelled).filter((place) => validation.has(place))).toEqual([]);
  });

  it('count the windows to validate on within the budget of labels', () => {
    const { data } = preparePipelineData(people, { ...options, windowsPerClass: 5 });
    expect([data.labelled, data.validation, data.unlabelled].map(windowCount)).toEqual([9, 1, 51]);
  });

  it('are drawn by the seed', () => {
    const validation = (seed: number): readonly string[] =>
      places(preparePipelineData(people, { ...options, seed }).data.validation);
    expect(validation(1)).toEqual(validation(1));
    expect(validation(2)).not.toEqual(validation(1));
  });

  it('are normalised by the labelled people, the others too', () => {
    // Samples 0 … 29: mean 14.5, deviation sqrt((30² - 1) / 12).
    const unlabelled = [oneChannel([14.5, 14.5 + Math.sqrt(899 / 12)], { subject: 'eve' })];
    const { normalisation, data } = preparePipelineData({ ...people, unlabelled }, options);
    expect(normalisation.mean).toEqual([14.5]);
    const inputs = new Float32Array(2);
    writeInputs(data.unlabelled.recordings[0]!.samples, data.unlabelled.recordings[0]!, inputs);
    expect(inputs[0]).toBe(0);
    expect(inputs[1]).toBeCloseTo(1, 6);
  });

  it('are refused without two activities, without test windows, and where an activity cannot be learned', () => {
    const walkers = { labelled: [person('ann', 'wwww')], test: [person('tom', 'wwww')] };
    expect(() => preparePipelineData(walkers, options)).toThrow(
      'labelled people: expected at least 2 activities among the labels, found w',
    );
    expect(() => preparePipelineData({ ...people, test: [] }, options)).toThrow(
      'test people: expected labelled recordings of at least one window, found none among 0',
    );
    expect(() => preparePipelineData({ ...people, test: [person('tom', 'jjww')] }, options)).toThrow(/: j$/);
  });
});

it('holds out the people of MotionSense that the published experiments hold out', () => {
  const people = Array.from({ length: 24 }, (_, index) => String(index + 1));
  expect([...everyFifthPerson(people)].map(Number).sort((a, b) => a - b)).toEqual([1, 6, 14, 19, 23]);
});
