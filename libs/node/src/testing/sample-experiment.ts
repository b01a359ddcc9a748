/** Experiments and outcomes of their cells, for tests. */

import { parseStudy } from '@gaitway/core';
import { parsePipeline } from '@gaitway/core/pipeline';
import { type CellFigures, cellsOf, type FinishedCell } from '../experiment/cells/cells.js';
import type { Experiment, Method } from '../experiment/experiment.js';

export const sampleMethod: Method = {
  kind: 'study',
  name: 'selfhar',
  study: parseStudy({
    name: 'sample',
    activities: ['sitting', 'walking'],
    sensors: { channels: ['x', 'y', 'z'], rateHz: 50, window: 400, step: 200 },
    people: { test: ['1', '6'], labelled: ['2'] },
    stages: 'selfhar',
  }),
};

const written = { tag: 'central', experiment_configs: [{ type: 'har_full_train', tag: 'full', eval_har: true }] };

export const samplePipeline: Method = {
  kind: 'pipeline',
  name: 'central',
  pipeline: parsePipeline(written, 'central').pipeline,
};

export const sampleExperiment: Experiment = {
  name: 'sample',
  seeds: [1, 2],
  windowsPerClass: [10, 100],
  test: ['1', '6'],
  methods: [sampleMethod, samplePipeline],
  reference: [],
};

/** All methods of all cells as finished, with the given figures; each took twice as long as the one before. */
export function finishedCells(
  experiment: Experiment,
  figuresOf: (index: number) => CellFigures,
): readonly FinishedCell[] {
  return cellsOf(experiment)
    .flatMap((cell) => cell.methods.map((method) => ({ cell, method })))
    .map((place, index) => ({ kind: 'finished', ...place, figures: figuresOf(index), seconds: 2 ** index }));
}
