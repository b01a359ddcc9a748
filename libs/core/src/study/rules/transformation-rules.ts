/**
 * Rules for the transformations of a stage: no duplicates, applicable to the study's windows, and equal to those that
 * its heads were trained on.
 */

import { transformations } from '../../augment/transformations.js';
import type { TransformationName } from '../../augment/transformation.js';
import type { WindowShape } from '../../data/windows.js';
import { InvalidInput, type Issue } from '../../errors.js';
import { axesOf } from '../../inputs/axes.js';
import { createRng } from '../../math/random.js';
import { objectiveTraits } from '../plans/stage-traits.js';
import { type PlacedStage, placedNames, repeatedNames } from './placed-parts.js';
import type { Stage } from '../study.js';

export function transformationIssues({ study, stage, path, earlier }: PlacedStage): readonly Issue[] {
  if (!stage.transformations) {
    return [];
  }
  const names = placedNames(stage.transformations, `${path}.transformations`);
  const { channels, window } = study.sensors;
  const axes = axesOf(channels);
  const shape = { length: window, channels: channels.length, ...(axes && { axes }) };
  const source = earlier.find(({ name }) => name === stage.from);
  return [
    ...repeatedNames(names),
    ...stage.transformations.flatMap((name) =>
      refusals(name, shape).map((message) => ({ path: `${path}.transformations`, message: `${name}: ${message}` })),
    ),
    ...inheritedHeads(headsOf(stage), source && headsOf(source)).map((message) => ({
      path: `${path}.transformations`,
      message,
    })),
  ];
}

/** Each transformation itself decides which windows it accepts, so it is tried on one. */
function refusals(name: TransformationName, shape: WindowShape): readonly string[] {
  const window = new Float32Array(shape.length * shape.channels);
  try {
    transformations[name](window, window.slice(), shape, createRng(0));
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) {
      return error.issues.map(({ message }) => message);
    }
    throw error;
  }
}

type Names = readonly TransformationName[];

/** The transformations that a head of the stage's network distinguishes; undefined where there is no such head. */
function headsOf({ objective, transformations: names }: Stage): Names | undefined {
  return objectiveTraits[objective].discrimination ? names : undefined;
}

/** Heads are carried over by position, so another order would give each the parameters of another transformation. */
function inheritedHeads(names: Names | undefined, inherited: Names | undefined): readonly string[] {
  if (!names || !inherited || inherited.join() === names.join()) {
    return [];
  }
  const expected = `those of the stage it starts from (${inherited.join(', ')})`;
  return [`expected ${expected}, found ${names.join(', ')}`];
}
