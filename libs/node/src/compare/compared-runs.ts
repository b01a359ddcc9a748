/** The runs that are compared, each with a name by which readers tell it from the others. */

import { InvalidInput } from '@gaitway/core';
import { basename, resolve } from 'node:path';
import { type Comparison, comparisonOf } from '../report/comparison.js';
import { readRunSoFar, type RunSoFar } from '../run/read-run.js';

export interface ComparedRun {
  /** Name of its folder, or the path where several have the same name. */
  readonly label: string;
  readonly run: RunSoFar;
  /** Its final or latest model with its teacher; absent where none was evaluated. */
  readonly models?: Comparison;
}

/**
 * Reads runs that are finished, interrupted or go on.
 *
 * @throws InvalidInput for fewer than two folders, for the same one twice, for one without a run, and for studies that
 *   tell other activities apart, whose figures mean different things.
 */
export async function readComparedRuns(paths: readonly string[]): Promise<readonly ComparedRun[]> {
  refuseTooFew(paths);
  const names = paths.map((path) => basename(resolve(path)));
  const runs: ComparedRun[] = [];
  for (const [place, path] of paths.entries()) {
    const run = await readRunSoFar(path);
    const name = names[place] ?? path;
    const models = comparisonOf(run);
    const label = names.filter((other) => other === name).length > 1 ? path : name;
    runs.push({ label, run, ...(models && { models }) });
  }
  refuseOtherActivities(runs);
  return runs;
}

function refuseTooFew(paths: readonly string[]): void {
  const twice = paths.find((path, place) => paths.findIndex((other) => resolve(other) === resolve(path)) < place);
  if (twice !== undefined) {
    throw new InvalidInput(twice, [{ path: '', message: 'expected each run once, found it twice' }]);
  }
  if (paths.length < 2) {
    const message = `expected the folders of at least two runs, found ${paths.length}`;
    throw new InvalidInput(paths[0] ?? 'runs', [{ path: '', message }]);
  }
}

function refuseOtherActivities([first, ...others]: readonly ComparedRun[]): void {
  const activitiesOf = (compared: ComparedRun | undefined): string =>
    (compared?.run.study.activities ?? []).toSorted().join(', ');
  const other = others.find((compared) => activitiesOf(compared) !== activitiesOf(first));
  if (other) {
    const message = `expected the activities of ${first?.label ?? ''} (${activitiesOf(first)}), found ${activitiesOf(other)}: their figures mean different things`;
    throw new InvalidInput(other.run.folder.path, [{ path: 'activities', message }]);
  }
}
