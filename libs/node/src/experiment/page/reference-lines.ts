/** Published figures as lines of the low-label curve. */

import { classColour } from '../../report/charts/palette.js';
import type { ReferenceFigure } from '../experiment.js';

export interface ReferenceLine {
  readonly name: string;
  /** Drawn at its points and in the legend: `A`, `B` and so on. */
  readonly letter: string;
  /** Colour of the method with the same name; a muted one where there is none. */
  readonly colour: string;
  /** Sorted by label budget, the smallest first. */
  readonly points: readonly ReferenceFigure[];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A line for each name, in the order in which names first occur. */
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
