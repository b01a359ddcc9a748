import { beforeAll, describe, expect, it } from 'vitest';
import type { RawRecording } from '../data/recording.js';
import { useBackend } from '../testing/backends.js';
import { handMadeMetadata, handMadeParameters } from '../testing/hand-made-model.js';
import { readClassifier, recordingWindows, smoothingFor, type Classifier } from './classifier.js';
import { encodeModel } from './stored-model.js';

const { signal } = new AbortController();

async function classifier(changes: object = {}): Promise<Classifier> {
  return readClassifier(await encodeModel(handMadeParameters, { ...handMadeMetadata, ...changes }), 'made.safetensors');
}

/** At 10 Hz from 100 s on, with a gap after 0.8 s; x is the second of two channels. */
const recording: RawRecording = {
  subject: 'ann',
  source: 'ann.csv',
  channels: ['temperature', 'x'],
  samples: Float32Array.from([1, 1, 1, 1, 3, 3, 3, 3, 5, 5, 5, 5].flatMap((x) => [20, x])),
  timing: {
    seconds: Float64Array.of(100, 100.1, 100.2, 100.3, 100.4, 100.5, 100.6, 100.7, 200, 200.1, 200.2, 200.3),
  },
};

describe('a classifier', () => {
  beforeAll(() => useBackend('cpu'));

  it('gives windows of a recording the probabilities and the times that paper gives', async () => {
    const { metadata, activities, classify } = await classifier();
    const { windows, startSeconds } = recordingWindows(metadata, recording);
    expect(activities).toEqual(['sitting', 'walking']);
    expect([...startSeconds].map((time) => time.toFixed(6))).toEqual([
      '100.000000',
      '100.200000',
      '100.400000',
      '200.000000',
    ]);
    // Normalised, x is at most 0, 1, 1 and 2 in the four windows.
    const expected = [0.5, 0.5, 0.25, 0.75, 0.25, 0.75, 0.1, 0.9];
    [...(await classify(windows, signal))].forEach((probability, place) => {
      expect(probability).toBeCloseTo(expected[place]!, 6);
    });
  });

  it('resamples to the rate of the model, and tells times of the recording', async () => {
    const { metadata } = await classifier();
    const faster = { ...recording, timing: { rateHz: 20 } };
    expect([...recordingWindows(metadata, faster).startSeconds]).toEqual([0, 0.2]);
    expect([...recordingWindows(metadata, { ...recording, timing: { rateHz: 100 } }).startSeconds]).toEqual([]);
  });

  it("takes the person's own normalisation where the study has none in common", async () => {
    const sensors = { ...handMadeMetadata.sensors, normalisation: 'site' as const };
    const { metadata, classify } = await classifier({ sensors, normalisation: undefined });
    expect(() => recordingWindows(metadata, recording)).toThrow("the person's own normalisation was not given");
    const { windows } = recordingWindows(metadata, recording, { mean: [3], standardDeviation: [1] });
    const probabilities = await classify(windows, signal);
    expect(probabilities[0]).toBeCloseTo(0.5, 6); // at most 1 g, which is below the mean
    expect(probabilities[6]).toBeCloseTo(0.1, 6); // 5 g: (5 - 3) / 1 = 2
  });

  it('is refused without a head that tells activities apart', async () => {
    const [head] = handMadeMetadata.network.heads;
    const withHead = (changes: object): Promise<Classifier> =>
      classifier({ network: { ...handMadeMetadata.network, heads: [{ ...head, ...changes }] } });
    await expect(withHead({ name: 'posture' })).rejects.toThrow(
      'made.safetensors: metadata, network.heads: expected a head "activity" whose outputs exclude each other, found posture (exclusive)',
    );
    await expect(withHead({ kind: 'multi-label' })).rejects.toThrow('found activity (multi-label)');
  });
});

it('is smoothed so that each sample counts once', () => {
  const { sensors } = handMadeMetadata;
  expect(smoothingFor(sensors, 0.8)).toEqual({ stay: 0.8, weight: 0.5 });
  expect(smoothingFor({ ...sensors, step: 8 }, 0.8).weight).toBe(1);
});
