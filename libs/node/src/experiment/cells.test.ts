import { describe, expect, it } from 'vitest';
import { sampleExperiment, sampleMethod, samplePipeline } from '../testing/sample-experiment.js';
import { without } from '../testing/without.js';
import { cellArguments, cellInput } from './cell-command.js';
import { cellsOf } from './cells.js';
import type { Experiment } from './experiment.js';

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
    const inputs = [sampleMethod, samplePipeline].map((method) => cellInput({ id: 'x', method, seed: 1 }));
    expect(JSON.parse(inputs[0]!)).not.toHaveProperty('people.labelledWindows');
    expect(cellArguments({ id: 'x', method: samplePipeline, seed: 1 }, settings, paths)).not.toContain(
      '--windows-per-class',
    );
  });
});
