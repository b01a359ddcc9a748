/** A chart of the weighted F1 of several runs over the rounds of their stages, one line for each run. */

import { coordinate, svg } from '../report/charts/chart.js';
import { type Band, bandsOf, curveBand, placeOf } from '../report/charts/curve-band.js';
import { curveFrame, curveSize, drawGrid } from '../report/charts/curve.js';
import { classBlock, classColour } from '../report/charts/palette.js';
import { score } from '../report/format.js';
import { markup, type Markup, nothing } from '../report/markup.js';
import type { RoundLine } from '../run/round-line.js';
import type { ComparedRun } from './compared-runs.js';

/** Marks of runs stand side by side where their lines end. */
const DODGE = 14;
const MARK = 16;

/** Draws the lines, each with the number of its run at the end of each stage. No markup where nothing was evaluated. */
export function learningCurves(runs: readonly ComparedRun[]): Markup {
  const lines = runs.map(({ run }) => run.rounds);
  const values = lines.flat().flatMap(({ evaluation }) => evaluation?.weightedF1 ?? []);
  if (values.length === 0) {
    return nothing;
  }
  const { width, height, left, right } = curveSize;
  const frame = curveFrame(values);
  const bands = bandsOf(longestStages(lines), left, width - left - right);
  return svg(
    { id: 'curves', title: 'Weighted F1 over the rounds', description: describe(runs), width, height },
    markup`${bands.map((band) => curveBand(band, frame.top, frame.bottom))}
    ${drawGrid(frame)}
    ${bands.flatMap((band) => runs.map(({ run }, index) => drawRun(band, run.rounds, { index, runs: runs.length }, frame.y)))}`,
  );
}

/** The rounds of each stage of all runs, in as many as the longest run of it has; rounds aborted in one are not marked. */
function longestStages(runs: readonly (readonly RoundLine[])[]): readonly RoundLine[] {
  const stages = [...new Set(runs.flat().map(({ stage }) => stage))];
  return stages.flatMap((stage) => {
    const ofRuns = runs.map((lines) => lines.filter((line) => line.stage === stage));
    const longest = ofRuns.reduce((most, next) => (next.length > most.length ? next : most));
    return longest.map((line): RoundLine => ({ ...line, phase: 'completed' }));
  });
}

interface PlacedRun {
  readonly index: number;
  /** Number of runs. */
  readonly runs: number;
}

function drawRun(
  band: Band,
  lines: readonly RoundLine[],
  { index, runs }: PlacedRun,
  y: (value: number) => number,
): Markup {
  const points = lines.flatMap(({ stage, round, evaluation }) =>
    stage === band.stage && evaluation
      ? [{ round, value: evaluation.weightedF1, x: coordinate(placeOf(band, round - 1)) }]
      : [],
  );
  const last = points.at(-1);
  if (!last) {
    return nothing;
  }
  const path = points.map(({ x, value }, at) => `${at === 0 ? 'M' : 'L'}${x} ${y(value)}`).join('');
  const shift = DODGE * (index - (runs - 1) / 2);
  const block = { x: coordinate(last.x + shift - MARK / 2), y: coordinate(y(last.value) - MARK / 2) };
  const title = `${band.stage}, round ${last.round}: weighted F1 ${score(last.value)}`;
  return markup`<g><path class="line" stroke="${classColour(index)}" d="${path}" /><title>${title}</title>${classBlock(index, { ...block, width: MARK, height: MARK })}</g>`;
}

function describe(runs: readonly ComparedRun[]): string {
  const texts = runs.map(({ label, run }) => {
    const values = run.rounds.flatMap(({ evaluation }) => evaluation?.weightedF1 ?? []);
    const [first, last] = [values[0], values.at(-1)];
    return first === undefined || last === undefined
      ? `${label}: not evaluated`
      : `${label}: from ${score(first)} to ${score(last)}`;
  });
  return `${texts.join('; ')}.`;
}
