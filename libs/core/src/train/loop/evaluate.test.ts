import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import type { Evaluation } from '../../metrics/evaluation.js';
import { initialParameters } from '../../model/parameters/initial-parameters.js';
import { layoutOf } from '../../model/parameters/layout.js';
import { useBackend } from '../../testing/backends.js';
import { smallSpec } from '../../testing/small-network.js';
import { threeKinds } from '../../testing/windows.js';
import { evaluateModel, windowLosses } from './evaluate.js';

const windows = threeKinds(40, createRng('test'), 'labelled');
const labels = windows.labels!;
const model = { network: smallSpec, parameters: initialParameters(layoutOf(smallSpec), createRng(2)) };

/** Evaluates an untrained model on windows that belong to the given people in turn. */
function evaluate(people: readonly string[], seed = 1): Promise<Evaluation> {
  const recordings = windows.recordings.map((recording, index) => ({
    ...recording,
    subject: people[index % people.length]!,
  }));
  const signal = new AbortController().signal;
  return evaluateModel(model, { ...windows, recordings, labels }, { rng: createRng(seed), signal });
}

describe('the evaluation of a model', () => {
  beforeAll(() => useBackend('cpu'));

  it('has intervals over the people of the test recordings, and what it said about each of them', async () => {
    const evaluation = await evaluate(['ann', 'ben', 'cyd', 'dot']);
    expect(evaluation.intervals).toMatchObject({ kind: 'people', people: 4, level: 0.95, resamples: 1000 });
    expect(evaluation.people!.map(({ name }) => name)).toEqual(['ann', 'ben', 'cyd', 'dot']);
    expect(evaluation.people!.reduce((sum, person) => sum + person.windows, 0)).toBe(evaluation.windows);
  });

  it('is the same for the same seed', async () => {
    expect(await evaluate(['ann', 'ben', 'cyd'], 5)).toEqual(await evaluate(['ann', 'ben', 'cyd'], 5));
  });

  it('has no intervals where all windows are of one person', async () => {
    expect((await evaluate(['ann'])).intervals).toHaveProperty('kind', 'none');
  });
});

it('has the loss of each window, whose mean is the log loss', async () => {
  await useBackend('cpu');
  const losses = await windowLosses(model, { ...windows, labels }, new AbortController().signal);
  expect(losses).toHaveLength(40);
  const { logLoss } = await evaluate(['ann', 'ben']);
  expect(losses.reduce((sum, loss) => sum + loss, 0) / 40).toBeCloseTo(logLoss, 12);
  expect(new Set(losses).size).toBeGreaterThan(30);
});
