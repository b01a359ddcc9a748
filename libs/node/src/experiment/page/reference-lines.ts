/** Published figures as lines of the curve. */

import { classColour } from '../../report/charts/palette.js';
import type { ReferenceFigure } from '../experiment.js';

export interface ReferenceLine {
  readonly name: string;
  /** Stands at its points and in the legend: `A`, `B` and so on. */
  readonly letter: string;
  /** Of the method with the same name; a quiet one where there is none. */
  readonly colour: string;
  /** From the smallest budget on. */
  readonly points: readonly ReferenceFigure[];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A line for each name, in the order in which they first come. */
export function referenceLines(
  figures: readonly ReferenceFigure[],
  methods: readonly string[],
): readonly ReferenceLine[] {
  return [...new Set(figures.map(({ name }) => name))].map((name, index) => ({
    name,
    letter: LETTERS[index % LETTERS.length] ?? '',
    colour: methods.includes(name) ? classColour(methods.indexOf(name)) : 'var(--soft)',
    points: figures.filter((figure) => figure.name === name).toSorted((a, b) => a.windowsPerClass - b.windowsPerClass),
  }));
}
