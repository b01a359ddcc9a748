/** What a study has to beat: classical methods that learn from all labelled windows in one place. */

import { windowCount, type WindowedDataset } from '../data/windows.js';
import { InvalidInput } from '../errors.js';
import { createRng } from '../math/random.js';
import { evaluateClassification } from '../metrics/classification.js';
import type { Evaluation } from '../metrics/evaluation.js';
import { mostProbable } from '../metrics/probabilities.js';
import { allBaselines } from './all-baselines.js';

export interface BaselineOptions {
  /** Labelled windows to learn from. */
  readonly train: WindowedDataset;
  /** Labelled windows of other people. */
  readonly test: WindowedDataset;
  /** The classes of the labels, in their order. */
  readonly activities: readonly string[];
  readonly seed: number;
}

export interface BaselineResult {
  readonly name: string;
  readonly evaluation: Evaluation;
}

export function* evaluateBaselines({ train, test, activities, seed }: BaselineOptions): Generator<BaselineResult> {
  requireSameChannels(train, test);
  const classes = activities.length;
  const classOf = classesOf('train', train, classes);
  const truth = classesOf('test', test, classes);
  for (const { name, needsAxes, predict } of allBaselines) {
    if (process.env.ONLY && process.env.ONLY !== name) continue;
    const rng = createRng(seed).fork(name);
    const probabilities = predict({ train, classOf, classes, test, rng });
    yield { name, evaluation: evaluateClassification({
      truth,
      probabilities,
      classes: activities,
      people: {
        ofWindow: Array.from(test.recordingOf, (recording) => test.recordings[recording]!.subject),
        rng: rng.fork('resamples'),
      },
    }) };
  }
}

/** [window]; the class with the highest label. */
function classesOf(path: string, windows: WindowedDataset, classes: number): Uint32Array {
  const count = windowCount(windows);
  const { labels } = windows;
  if (count === 0 || labels?.length !== count * classes) {
    const found = labels ? `${labels.length} numbers for ${count} windows` : `${count} windows without labels`;
    throw new InvalidInput('random forest', [
      { path, message: `expected windows with labels of ${classes} activities, found ${found}` },
    ]);
  }
  return Uint32Array.from({ length: count }, (_, window) => mostProbable(labels, window, classes));
}

function requireSameChannels(train: WindowedDataset, test: WindowedDataset): void {
  const [expected, found] = [train.shape.channels, test.shape.channels];
  if (expected !== found) {
    const message = `expected ${expected} channels, as many as in train, found ${found}`;
    throw new InvalidInput('random forest', [{ path: 'test', message }]);
  }
}
