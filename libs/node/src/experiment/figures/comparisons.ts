/** Compares methods of an experiment on the same people. */

import type { PairedDifference, PairedTest } from '@gaitway/core/metrics';
import { type ComparedPeople, differenceOn } from '../../report/paired-differences.js';
import { type CellFigures, cellId, type FinishedCell } from '../cells/cells.js';
import type { ComparedPair, Experiment } from '../experiment.js';

export interface Comparison extends ComparedPair {
  /** Absent in an experiment without label budgets. */
  readonly windowsPerClass?: number;
  /** Difference on the test people; absent where no cell of both has figures by person. */
  readonly test?: PairedDifference;
  /** Difference on the clients' own people. */
  readonly clients?: PairedDifference;
}

/** The pairs that the experiment names, by default every method with the last one, at each label budget. */
export function comparisonsOf(experiment: Experiment, cells: readonly FinishedCell[]): readonly Comparison[] {
  return (experiment.windowsPerClass ?? [undefined]).flatMap((budget) => {
    const atBudget = cells.filter(({ cell }) => cell.windowsPerClass === budget);
    return pairsOf(experiment).map((pair): Comparison => {
      const cellsOfBoth = pairedCells(pair, atBudget);
      const test = differenceOf(cellsOfBoth, 'test');
      const clients = differenceOf(cellsOfBoth, 'clients');
      return {
        ...pair,
        ...(budget !== undefined && { windowsPerClass: budget }),
        ...(test && { test }),
        ...(clients && { clients }),
      };
    });
  });
}

function pairsOf({ compare, methods }: Experiment): readonly ComparedPair[] {
  const names = methods.map(({ name }) => name);
  const last = names.at(-1) ?? '';
  return compare ?? names.slice(0, -1).map((method) => ({ method, against: last }));
}

type PairOfCells = Readonly<Record<keyof ComparedPair, CellFigures>>;

/** Pairs of cells with the same split and seed. */
function pairedCells({ method, against }: ComparedPair, cells: readonly FinishedCell[]): readonly PairOfCells[] {
  const others = cells.filter((each) => each.method.name === against);
  return cells
    .filter((each) => each.method.name === method)
    .flatMap(({ cell, method: own, figures }) => {
      const other = others.find((each) => cellId(own, each.cell) === cellId(own, cell));
      return other ? [{ method: figures, against: other.figures }] : [];
    });
}

function differenceOf(pairs: readonly PairOfCells[], who: ComparedPeople): PairedDifference | undefined {
  const peopleOf = (figures: CellFigures): CellFigures['people'] =>
    who === 'test' ? figures.people : figures.clients?.people;
  const tests = pairs.flatMap(({ method, against }): readonly PairedTest[] => {
    const [ofMethod, ofAgainst] = [peopleOf(method), peopleOf(against)];
    return ofMethod && ofAgainst ? [{ method: ofMethod, against: ofAgainst }] : [];
  });
  return differenceOn(who, tests);
}
