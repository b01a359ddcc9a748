import { expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { threeKinds } from '../../testing/windows.js';
import { labelQuality } from './label-quality.js';
import { labelWindows, type LabellingOptions } from './label-windows.js';

const windows = threeKinds(4, createRng('data'), 'unlabelled');
// Most probable are class 0, 0, 2 and 1; from 0.5 on a window is accepted: all but the second.
const probabilities = Float32Array.of(0.75, 0.25, 0, 0.4, 0.3, 0.3, 0.25, 0.25, 0.5, 0, 1, 0);
const plan: LabellingOptions = {
  selection: { kind: 'fixed', threshold: 0.5 },
  labels: { form: 'hard', alignment: 'none' },
};

it('measures accepted labels alone, by probabilities even where labels are hard', () => {
  const truth = Int16Array.of(0, 0, 1, -1);
  const quality = labelQuality(labelWindows(windows, probabilities, plan), truth);
  expect(quality).toEqual({ confidence: (0.75 + 0.5 + 1) / 3, known: 2, right: 1 });
});

it('is not there where no label was accepted', () => {
  const strict = { ...plan, selection: { kind: 'fixed', threshold: 1 } } as const;
  const unsure = Float32Array.from({ length: 12 }, () => 1 / 3);
  expect(labelQuality(labelWindows(windows, unsure, strict), Int16Array.of(0, 1, 2, 0))).toBeUndefined();
});
