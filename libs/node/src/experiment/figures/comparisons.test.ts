import type { PersonFigures } from '@gaitway/core';
import { describe, expect, it } from 'vitest';
import { finishedCells, sampleExperiment, sampleMethod } from '../../testing/sample-experiment.js';
import { type CellFigures, cellsOf } from '../cells/cells.js';
import type { Experiment } from '../experiment.js';
import { comparisonsOf } from './comparisons.js';

const splits = [
  { name: 'a', labelled: ['2'], test: ['1', '6'] },
  { name: 'b', labelled: ['3'], test: ['6'] },
];
const experiment: Experiment = {
  name: 'sample',
  seeds: [1],
  splits,
  methods: ['teacher', 'final'].map((name) => ({ ...sampleMethod, name })),
  compare: [{ method: 'final', against: 'teacher' }],
  reference: [],
};

/** A person with `right` of ten windows of each class right, so the weighted F1 is a tenth of that. */
const person = (name: string, right: number): PersonFigures => ({
  name,
  windows: 20,
  confusion: [
    [right, 10 - right],
    [10 - right, right],
  ],
});
const figures = (...people: readonly PersonFigures[]): CellFigures => ({
  weightedF1: 0.5,
  macroF1: 0.5,
  accuracy: 0.5,
  people,
});

describe('comparisons of methods', () => {
  // Teacher and final on split a, then on split b.
  const figuresOf = [
    figures(person('1', 5), person('6', 6)),
    figures(person('1', 9), person('6', 8)),
    figures(person('6', 4)),
    { ...figures(person('6', 7)), clients: { weightedF1: 0.5, people: [person('9', 6)] } },
  ];
  const cells = finishedCells(experiment, (index) => figuresOf[index]!);

  it('are paired by split and seed, with intervals over the people of all cells', () => {
    const [only, ...others] = comparisonsOf(experiment, cells);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ method: 'final', against: 'teacher', test: { tests: 2, people: 2 } });
    // On a 0.85 against 0.55, on b 0.7 against 0.4.
    expect(only!.test!.difference.value).toBeCloseTo(0.3, 12);
    expect(only!.test!.errorRemoved.value).toBeCloseTo(1 - (0.15 + 0.3) / (0.45 + 0.6), 12);
    // Half of all draws are both people, a quarter person 1 alone, on a only (0.4), a quarter person 6 alone: 0.2 and 0.3.
    expect(only!.test!.difference.interval!.low).toBeCloseTo(0.25, 12);
    expect(only!.test!.difference.interval!.high).toBeCloseTo(0.4, 12);
    expect(only).not.toHaveProperty('clients');
  });

  it("are made for the clients' people where both methods have figures of them", () => {
    const onClients = finishedCells(experiment, (index) => ({
      ...figuresOf[index]!,
      clients: { weightedF1: 0.5, people: [person('9', 5 + index)] },
    }));
    const [{ clients } = {}] = comparisonsOf(experiment, onClients);
    expect(clients).toMatchObject({ tests: 2, people: 1, difference: { value: expect.closeTo(0.1, 12) } });
    expect(clients!.difference).not.toHaveProperty('interval');
  });

  it('are the same for the same cells, however often they are made', () => {
    expect(comparisonsOf(experiment, cells)).toEqual(comparisonsOf(experiment, cells.toReversed()));
  });

  it('set every method against the last where none are named, at each label budget', () => {
    const methods = ['one', 'two', 'last'].map((name) => ({ ...sampleMethod, name }));
    const unnamed: Experiment = { ...sampleExperiment, methods };
    const found = comparisonsOf(
      unnamed,
      finishedCells(unnamed, () => figures(person('1', 5))),
    );
    expect(found.map(({ method, against, windowsPerClass }) => [method, against, windowsPerClass])).toEqual([
      ['one', 'last', 10],
      ['two', 'last', 10],
      ['one', 'last', 100],
      ['two', 'last', 100],
    ]);
    expect(found.every(({ test }) => test!.tests === 2 && test!.difference.value === 0)).toBe(true);
    expect(cellsOf(unnamed)).toHaveLength(4);
  });
});
