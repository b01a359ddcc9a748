import { describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { threeKinds } from '../../testing/windows.js';
import { alignWithPrior } from './class-prior.js';
import { acceptedWindows, labelWindows, withLabelsOfAccepted, type LabellingOptions } from './label-windows.js';
import { smoothOverTime } from './temporal-smoothing.js';

const windows = threeKinds(3, createRng('data'), 'unlabelled');
const probabilities = Float32Array.of(0.8, 0.1, 0.1, 0.4, 0.3, 0.3, 0.2, 0.2, 0.6);
const plan: LabellingOptions = {
  selection: { kind: 'fixed', threshold: 0.5 },
  labels: { form: 'soft', temperature: 1, alignment: 'none' },
};

describe('labelled windows', () => {
  it('are those selected, with their whole rows as labels', () => {
    const accepted = acceptedWindows(labelWindows(windows, probabilities, plan));
    expect([...accepted.windows.recordingOf]).toEqual([0, 2]);
    expect(accepted.windows.labels).toEqual(Float32Array.of(0.8, 0.1, 0.1, 0.2, 0.2, 0.6));
    expect(accepted).not.toHaveProperty('weights');
  });

  it('are all of them where the others have no label', () => {
    const { windows: all, weights } = withLabelsOfAccepted(labelWindows(windows, probabilities, plan));
    expect(all.labels).toEqual(Float32Array.of(0.8, 0.1, 0.1, NaN, NaN, NaN, 0.2, 0.2, 0.6));
    expect([...all.recordingOf]).toEqual([0, 1, 2]);
    expect(weights).toBeUndefined();
  });

  it('keep the weights of their rule', () => {
    const softly = labelWindows(windows, probabilities, { ...plan, selection: { kind: 'soft-match' } });
    const { weights } = acceptedWindows(softly);
    expect(weights![0]).toBe(1);
    expect(weights![1]).toBeLessThan(1);
    expect(withLabelsOfAccepted(softly).weights).toEqual(weights);
  });

  it('are selected by their probabilities, not by the form of their labels', () => {
    const hard = acceptedWindows(
      labelWindows(windows, probabilities, { ...plan, labels: { form: 'hard', alignment: 'none' } }),
    );
    expect([...hard.windows.recordingOf]).toEqual([0, 2]);
    expect(hard.windows.labels).toEqual(Float32Array.of(1, 0, 0, 0, 0, 1));
  });

  it('are aligned before they are selected', () => {
    const labels = { form: 'hard', alignment: 'class-prior' } as const;
    // Means 7/15, 3/15, 5/15. This prior makes the second class 20 times as likely as the first for window 1.
    const classPrior = [0.02, 0.96, 0.02];
    const aligned = acceptedWindows(labelWindows(windows, probabilities, { ...plan, labels, classPrior }));
    expect(aligned.windows.labels).toEqual(Float32Array.of(0, 1, 0, 0, 1, 0, 0, 1, 0));
    expect(() => labelWindows(windows, probabilities, { ...plan, labels })).toThrow('the task brought none');
  });

  it('are smoothed after they are aligned and before they are selected', () => {
    const ofOneRecording = { ...windows, recordingOf: new Uint32Array(3), startOf: Uint32Array.of(0, 12, 24) };
    const labels = {
      form: 'soft',
      temperature: 1,
      alignment: 'class-prior',
      smoothing: { stay: 0.9, weight: 1 },
    } as const;
    const classPrior = [0.6, 0.2, 0.2];
    const { all, selection } = labelWindows(ofOneRecording, probabilities, { ...plan, labels, classPrior });
    const aligned = alignWithPrior(probabilities, classPrior, 3);
    expect(all.labels).toEqual(smoothOverTime(ofOneRecording, aligned, labels.smoothing));
    expect([...selection.windows]).toEqual([0, 1, 2]);
  });

  it('are refused, however they are smoothed, where the teacher diverged', () => {
    const labels = { form: 'hard', alignment: 'none', smoothing: { stay: 0.9, weight: 0.5 } } as const;
    const diverged = probabilities.map((value, place) => (place === 4 ? NaN : value));
    expect(() => labelWindows(windows, diverged, { ...plan, labels })).toThrow(
      'expected a number from 0 to 1, found NaN',
    );
  });

  it('are none of none', () => {
    const none = threeKinds(0, createRng('none'), 'unlabelled');
    const labelling = labelWindows(none, new Float32Array(), plan);
    expect(acceptedWindows(labelling).windows.startOf).toHaveLength(0);
    expect(withLabelsOfAccepted(labelling).windows.startOf).toHaveLength(0);
  });
});
