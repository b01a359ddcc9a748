/** The results of an experiment as one JSON document: `result.json`. */

import type { Digest } from '@gaitway/core/internal';
import { gaitwayVersion } from '../run/version.js';
import type { CellFigures, CellOutcome, ComparedFigure } from './cells/cells.js';
import type { Comparison } from './figures/comparisons.js';
import type { ExperimentResults } from './figures/experiment-results.js';
import { clientMeanOf, finishedOf, meansOf } from './figures/means.js';

/** A method in a cell. Methods that share a cell share its id and its duration. */
interface CellPlace {
  readonly id: string;
  readonly method: string;
  readonly split?: string;
  readonly windowsPerClass?: number;
  readonly seed: number;
}

type WrittenFigures = Pick<CellFigures, ComparedFigure | 'intervals'> & {
  /** Weighted F1 on the clients' own people. */
  readonly clientWeightedF1?: number;
};

/** Weighted F1 of a method, averaged over its cells. */
interface WrittenMean {
  readonly method: string;
  readonly windowsPerClass?: number;
  readonly cells: number;
  readonly weightedF1: number;
  readonly lowestWeightedF1: number;
  readonly clientWeightedF1?: number;
}

export interface ExperimentDocument {
  readonly experiment: { readonly name: string; readonly digest: Digest };
  /** The version that wrote this document. */
  readonly gaitway: string;
  readonly means: readonly WrittenMean[];
  readonly comparisons: readonly Comparison[];
  readonly cells: readonly (CellPlace &
    (
      | (WrittenFigures & { readonly outcome: 'finished'; readonly seconds: number })
      | { readonly outcome: 'failed'; readonly reason: string }
    ))[];
}

export function experimentDocument(results: ExperimentResults): ExperimentDocument {
  const { experiment, digest, outcomes, comparisons } = results;
  return {
    experiment: { name: experiment.name, digest },
    gaitway: gaitwayVersion,
    means: writtenMeans(results),
    comparisons,
    cells: outcomes.map((outcome) => ({
      ...placeOf(outcome),
      ...(outcome.kind === 'finished'
        ? { outcome: outcome.kind, ...writtenFigures(outcome.figures), seconds: outcome.seconds }
        : { outcome: outcome.kind, reason: outcome.reason }),
    })),
  };
}

function placeOf({ cell: { id, split, windowsPerClass, seed }, method }: CellOutcome): CellPlace {
  return {
    id,
    method: method.name,
    ...(split && { split: split.name }),
    ...(windowsPerClass !== undefined && { windowsPerClass }),
    seed,
  };
}

/** The figures without those of each person, which are in the cells. */
function writtenFigures({ weightedF1, macroF1, accuracy, intervals, clients }: CellFigures): WrittenFigures {
  return {
    weightedF1,
    macroF1,
    accuracy,
    ...(intervals && { intervals }),
    ...(clients && { clientWeightedF1: clients.weightedF1 }),
  };
}

function writtenMeans({ experiment, outcomes }: ExperimentResults): readonly WrittenMean[] {
  const finished = finishedOf(outcomes);
  return meansOf(experiment, finished, 'weightedF1').map((mean) => {
    const { method, windowsPerClass, cells, value, lowest } = mean;
    const onClients = clientMeanOf(mean, finished);
    return {
      method,
      ...(windowsPerClass !== undefined && { windowsPerClass }),
      cells,
      weightedF1: value,
      lowestWeightedF1: lowest,
      ...(onClients !== undefined && { clientWeightedF1: onClients }),
    };
  });
}
