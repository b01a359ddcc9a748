/** The outcome of an experiment as one JSON document: `result.json`. */

import type { Digest } from '@gaitway/core';
import { gaitwayVersion } from '../run/version.js';
import type { CellFigures, CellOutcome } from './cell-outcome.js';

interface CellPlace {
  readonly id: string;
  readonly method: string;
  readonly windowsPerClass?: number;
  readonly seed: number;
}

export interface ExperimentDocument {
  readonly experiment: { readonly name: string; readonly digest: Digest };
  /** Version that put the cells together. */
  readonly gaitway: string;
  readonly cells: readonly (CellPlace &
    (
      | (CellFigures & { readonly outcome: 'finished'; readonly seconds: number })
      | { readonly outcome: 'failed'; readonly reason: string }
    ))[];
}

export function experimentDocument(
  experiment: ExperimentDocument['experiment'],
  outcomes: readonly CellOutcome[],
): ExperimentDocument {
  return {
    experiment,
    gaitway: gaitwayVersion,
    cells: outcomes.map((outcome) => ({
      ...placeOf(outcome),
      ...(outcome.kind === 'finished'
        ? { outcome: outcome.kind, ...outcome.figures, seconds: outcome.seconds }
        : { outcome: outcome.kind, reason: outcome.reason }),
    })),
  };
}

function placeOf({ cell: { id, method, windowsPerClass, seed } }: CellOutcome): CellPlace {
  return { id, method: method.name, ...(windowsPerClass !== undefined && { windowsPerClass }), seed };
}
