import { parseStudy } from '@gaitway/core';
import { describe, expect, it } from 'vitest';
import { sampleExperiment, sampleMethod, samplePipeline } from '../../testing/sample-experiment.js';
import { without } from '../../testing/without.js';
import type { Experiment, Method, StudyMethod } from '../experiment.js';
import { cellArguments, cellInput } from './cell-process.js';
import { cellId, cellsOf } from './cells.js';

const cells = cellsOf(sampleExperiment);
const settings = { experiment: sampleExperiment, data: 'data', threads: 2 };
const paths = { input: 'cell/input.json', run: 'cell' };

describe('the cells of an experiment', () => {
  it('are one for each method, label budget and seed, a whole grid of the first seed first', () => {
    expect(cells.map(({ id }) => id)).toEqual([
      'selfhar-w10-seed1',
      'central-w10-seed1',
      'selfhar-w100-seed1',
      'central-w100-seed1',
      'selfhar-w10-seed2',
      'central-w10-seed2',
      'selfhar-w100-seed2',
      'central-w100-seed2',
    ]);
  });

  it('are one for each method and seed where labels are not cut', () => {
    const experiment = without(sampleExperiment, 'windowsPerClass') as Experiment;
    expect(cellsOf(experiment).map(({ id }) => id)).toEqual([
      'selfhar-seed1',
      'central-seed1',
      'selfhar-seed2',
      'central-seed2',
    ]);
  });
});

describe('cells of methods that share a study', () => {
  const { study } = sampleMethod as StudyMethod;
  const teacher: Method = { kind: 'study', name: 'teacher', study, stage: 'teacher' };
  const other: Method = { kind: 'study', name: 'other', study: parseStudy({ ...study, name: 'another' }) };
  const splits = [
    { name: 'a', labelled: ['3', '4'], test: ['5'] },
    { name: 'b', labelled: ['5'], test: ['3'] },
  ];
  const experiment: Experiment = {
    name: 'shared',
    seeds: [1, 2],
    splits,
    methods: [teacher, other, sampleMethod],
    reference: [],
  };

  it('are one for all of them, on each split', () => {
    const shared = cellsOf(experiment);
    expect(shared.map(({ id, methods }) => [id, methods.map(({ name }) => name)])).toEqual([
      ['teacher-a-seed1', ['teacher', 'selfhar']],
      ['other-a-seed1', ['other']],
      ['teacher-b-seed1', ['teacher', 'selfhar']],
      ['other-b-seed1', ['other']],
      ['teacher-a-seed2', ['teacher', 'selfhar']],
      ['other-a-seed2', ['other']],
      ['teacher-b-seed2', ['teacher', 'selfhar']],
      ['other-b-seed2', ['other']],
    ]);
    expect(cellId(sampleMethod, shared[0]!)).toBe('selfhar-a-seed1');
  });

  it('run the study with the people of the split', () => {
    const [cell] = cellsOf({ ...experiment, windowsPerClass: [7] });
    expect(cell!.id).toBe('teacher-a-w7-seed1');
    expect(JSON.parse(cellInput(cell!))).toMatchObject({
      people: { labelled: ['3', '4'], test: ['5'], clients: 'rest', labelledWindows: { perClass: 7 } },
    });
  });
});

describe("a cell's command", () => {
  it('simulates a study in which the label budget is written', () => {
    const [cell] = cells;
    expect(cellArguments(cell!, settings, paths).join(' ')).toBe(
      'simulate cell/input.json --data data --workers 2 --seed 1 --run cell --json --quiet',
    );
    expect(JSON.parse(cellInput(cell!))).toMatchObject({
      name: 'sample',
      people: { labelledWindows: { perClass: 10 } },
    });
  });

  it('trains a pipeline, which is told the label budget and the test people', () => {
    const cell = cells[7]!;
    const everything = { experiment: { ...sampleExperiment, backend: 'wasm' as const }, layout: 'csv' };
    expect(cellArguments(cell, { ...settings, ...everything }, paths).join(' ')).toBe(
      'train cell/input.json --labelled data --labelled-layout csv --test 1,6 --windows-per-class 100 ' +
        '--seed 2 --run cell --backend wasm --json --quiet',
    );
    expect(JSON.parse(cellInput(cell))).toMatchObject({ tag: 'central', experiment_configs: [{ tag: 'full' }] });
  });

  it('leaves the methods as they are where labels are not cut', () => {
    const inputs = [sampleMethod, samplePipeline].map((method) => cellInput({ id: 'x', methods: [method], seed: 1 }));
    expect(JSON.parse(inputs[0]!)).not.toHaveProperty('people.labelledWindows');
    expect(cellArguments({ id: 'x', methods: [samplePipeline], seed: 1 }, settings, paths)).not.toContain(
      '--windows-per-class',
    );
  });
});
