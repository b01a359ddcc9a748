import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../errors.js';
import { createRng } from '../math/random.js';
import { evaluateClassification } from './classification.js';
import type { ClassFigures, Evaluation } from './evaluation.js';

type Vectors = Pick<
  Evaluation,
  'accuracy' | 'weightedF1' | 'macroF1' | 'microF1' | 'kappa' | 'logLoss' | 'confusion'
> & {
  readonly truth: number[];
  readonly probabilities: number[][];
  readonly macroRocAuc: number;
  readonly classes: Omit<ClassFigures, 'name'>[];
};

/** Made with scikit-learn; the file's `about` says how. */
const vectors = JSON.parse(
  readFileSync(new URL('../testing/vectors/metrics.json', import.meta.url), 'utf8'),
) as Vectors;

/** Made with NumPy; the file's `about` says how. */
const averageVectors = JSON.parse(
  readFileSync(new URL('../testing/vectors/calibration.json', import.meta.url), 'utf8'),
) as Pick<Evaluation, 'averages'> & { readonly truth: number[]; readonly probabilities: number[][] };

/** Equal within 1e-12, or both null. */
function expectFigure(actual: number | null, expected: number | null, name: string): void {
  if (expected === null || actual === null) {
    expect(actual, name).toBe(expected);
  } else {
    expect(Math.abs(actual - expected), name).toBeLessThan(1e-12);
  }
}

/** Probabilities of two classes, given those of the first. */
const binary = (truth: number[], first: number[]): Evaluation =>
  evaluateClassification({ truth, probabilities: first.flatMap((p) => [p, 1 - p]), classes: ['sit', 'walk'] });

describe('figures of a classification', () => {
  it('are what scikit-learn computes, with null for a class that has no window', () => {
    const { truth, probabilities, classes, ...expected } = vectors;
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const evaluation = evaluateClassification({ truth, probabilities: probabilities.flat(), classes: names });
    expect(evaluation.windows).toBe(60);
    expect(evaluation.confusion).toEqual(expected.confusion);
    for (const name of ['accuracy', 'weightedF1', 'macroF1', 'microF1', 'kappa', 'logLoss'] as const) {
      expectFigure(evaluation[name], expected[name], name);
    }
    expectFigure(evaluation.rocAuc, expected.macroRocAuc, 'rocAuc');
    classes.forEach((figures, index) => {
      const actual = evaluation.classes[index]!;
      expect(actual.name).toBe(names[index]);
      expect(actual.support).toBe(figures.support);
      for (const name of ['precision', 'recall', 'specificity', 'f1', 'rocAuc'] as const) {
        expectFigure(actual[name], figures[name], `${name} of ${actual.name}`);
      }
    });
  });

  it('hold averages that NumPy computes from the outcomes of each class', () => {
    const { truth, probabilities, averages } = averageVectors;
    const evaluation = evaluateClassification({ truth, probabilities: probabilities.flat(), classes: ['a', 'b', 'c'] });
    for (const kind of ['macro', 'weighted', 'micro'] as const) {
      for (const name of ['precision', 'recall', 'specificity'] as const) {
        expectFigure(evaluation.averages[kind][name], averages[kind][name], `${kind} ${name}`);
      }
    }
  });

  it('are those worked out by hand for five windows', () => {
    // Predicted a b b b a: of two windows of a one is found, of three of b two; c does not occur.
    const ofA = [0.6, 0.3, 0.3, 0.2, 0.7];
    const evaluation = evaluateClassification({
      truth: Uint8Array.of(0, 0, 1, 1, 1),
      probabilities: ofA.flatMap((p) => [p, 1 - p, 0]),
      classes: ['a', 'b', 'c'],
    });
    expect(evaluation.confusion).toEqual([
      [1, 1, 0],
      [1, 2, 0],
      [0, 0, 0],
    ]);
    expectFigure(evaluation.accuracy, 3 / 5, 'accuracy');
    expectFigure(evaluation.macroF1, (1 / 2 + 2 / 3) / 2, 'macroF1');
    expectFigure(evaluation.weightedF1, (2 * (1 / 2) + 3 * (2 / 3)) / 5, 'weightedF1');
    expectFigure(evaluation.kappa, (15 / 25 - 13 / 25) / (12 / 25), 'kappa');
    // Pairs of an a and a b, by probability of a: .6 beats .3 and .2, .3 ties with .3 and beats .2: 3.5 of 6.
    expectFigure(evaluation.rocAuc, 3.5 / 6, 'rocAuc');
    expectFigure(evaluation.logLoss, -Math.log(0.6 * 0.3 * 0.7 * 0.8 * (1 - 0.7)) / 5, 'logLoss');
    // Class c does not occur: it is in no mean, and its five true negatives are in the pooled outcomes.
    expectFigure(evaluation.averages.macro.specificity, (2 / 3 + 1 / 2) / 2, 'macro specificity');
    expectFigure(evaluation.averages.weighted.precision, (2 * (1 / 2) + 3 * (2 / 3)) / 5, 'weighted precision');
    expectFigure(evaluation.averages.micro.specificity, (2 + 1 + 5) / 10, 'micro specificity');
    expect(evaluation.classes).toEqual([
      { name: 'a', precision: 1 / 2, recall: 1 / 2, specificity: 2 / 3, f1: 1 / 2, rocAuc: 3.5 / 6, support: 2 },
      { name: 'b', precision: 2 / 3, recall: 2 / 3, specificity: 1 / 2, f1: 2 / 3, rocAuc: 3.5 / 6, support: 3 },
      { name: 'c', precision: null, recall: null, specificity: 1, f1: null, rocAuc: null, support: 0 },
    ]);
  });

  it('hold no precision but an F1 of 0 for a class that occurs and is never predicted', () => {
    const { classes, macroF1, averages } = binary([0, 1], [0.9, 0.8]);
    expect(classes[1]).toMatchObject({ precision: null, recall: 0, f1: 0 });
    expectFigure(macroF1, (2 / 3 + 0) / 2, 'macroF1');
    expect(averages.macro).toEqual({ precision: 1 / 2, recall: 1 / 2, specificity: 1 / 2 });
  });

  it('hold null where one class only leaves nothing to tell apart', () => {
    const evaluation = binary([0, 0], [0.9, 0.8]);
    expect(evaluation).toMatchObject({ accuracy: 1, macroF1: 1, weightedF1: 1, kappa: null, rocAuc: null });
    expect(evaluation.classes[0]).toMatchObject({ precision: 1, recall: 1, specificity: null, rocAuc: null });
    expect(evaluation.averages.macro).toEqual({ precision: 1, recall: 1, specificity: null });
    expect(binary([0, 0], [0.1, 0.2]).averages.weighted).toEqual({ precision: null, recall: 0, specificity: null });
    expect(binary([0, 0], [0.9, 0.2]).kappa).toBe(0);
  });

  it('count a tie as a prediction of the first class', () => {
    expect(binary([1], [0.5]).confusion).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });

  it('have a finite log loss where the model was sure and wrong', () => {
    expect(binary([1], [1]).logLoss).toBeCloseTo(15 * Math.LN10, 10);
  });
});

describe('intervals of a classification', () => {
  const predictions = { truth: [0, 0, 1, 1], probabilities: [1, 0, 0, 1, 0, 1, 0, 1], classes: ['sit', 'walk'] };

  it('come from people drawn with all their windows, with what was said about each of them', () => {
    // Ann is right in one of two windows, Ben always: accuracies 1/2, 3/4 and 1 in a quarter, half and quarter of all draws.
    const people = { ofWindow: ['ann', 'ann', 'ben', 'ben'], rng: createRng(5) };
    const evaluation = evaluateClassification({ ...predictions, people });
    expect(evaluation.intervals).toMatchObject({ level: 0.95, people: 2, resamples: 1000 });
    expect(evaluation.intervals).toHaveProperty('accuracy', { low: 0.5, high: 1 });
    expect(JSON.stringify(evaluation.intervals)).not.toMatch(/ann|ben/);
    const [ann, ben] = [[[1, 1], [0, 0]], [[0, 0], [0, 2]]]; // prettier-ignore
    expect(evaluation.people).toEqual([
      { name: 'ann', windows: 2, confusion: ann },
      { name: 'ben', windows: 2, confusion: ben },
    ]);
  });

  it('are missing with a reason for one person, and for windows of nobody knows whom', () => {
    const people = { ofWindow: ['ann', 'ann', 'ann', 'ann'], rng: createRng(5) };
    const reasonOf = ({ intervals }: Evaluation): string => ('reason' in intervals ? intervals.reason : '');
    expect(reasonOf(evaluateClassification({ ...predictions, people }))).toContain('at least 2 test people, found 1');
    expect(reasonOf(evaluateClassification(predictions))).toBe('it is not known whose windows these are');
    expect(evaluateClassification(predictions)).not.toHaveProperty('people');
  });
});

describe('figures are refused', () => {
  const attempt = (truth: number[], probabilities: number[]) => (): Evaluation =>
    evaluateClassification({ truth, probabilities, classes: ['sit', 'walk'] });

  it('for no windows', () => {
    expect(attempt([], [])).toThrow('evaluation: truth: expected at least one window, found none');
  });

  it.each([2, 255, -1, 0.5, NaN])('for %s as a true class', (truth) => {
    expect(attempt([0, truth], [1, 0, 0, 1])).toThrow(
      `evaluation: truth[1]: expected a class from 0 to 1, found ${truth}`,
    );
  });

  it.each([NaN, -0.1, 1.5, Infinity])('for %s as a probability', (probability) => {
    expect(attempt([0, 1], [1, 0, 0, probability])).toThrow(
      `evaluation: window 1, class 1: expected a number from 0 to 1, found ${probability}`,
    );
  });

  it('for tables that do not belong together', () => {
    expect(attempt([0, 1], [1, 0])).toThrow(
      'evaluation: probabilities: expected 2 windows, as many as in truth, found 1',
    );
    expect(attempt([0, 1], [1, 0, 1])).toThrow('evaluation: expected rows of 2 classes, found 3 numbers');
    expect(attempt([0], [1])).toThrow(InvalidInput);
    const people = { ofWindow: ['ann'], rng: createRng(1) };
    expect(() =>
      evaluateClassification({ truth: [0, 1], probabilities: [1, 0, 0, 1], classes: ['sit', 'walk'], people }),
    ).toThrow('evaluation: people.ofWindow: expected 2 windows, as many as in truth, found 1');
  });
});
