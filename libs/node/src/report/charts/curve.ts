/** A chart of the global model's figures over the rounds of all stages. */

import type { RoundLine } from '../../run/round-line.js';
import { score } from '../format.js';
import { markup, type Markup, nothing } from '../markup.js';
import { type Axis, coordinate, scoreAxis, svg, textWidth } from './chart.js';
import { abortedMark, bandsOf, curveBand } from './curve-band.js';
import { accuracySeries, drawMark, drawSeries, lastValue, type Series, weightedF1Series } from './curve-series.js';

/** The size of the chart, and the room for its labels at both sides. */
export const curveSize = { width: 1000, height: 400, left: 40, right: 4 } as const;

const { width: WIDTH, height: HEIGHT, left: LEFT, right: RIGHT } = curveSize;
const BANDS_TOP = 34;
const TOP = 72;
const BOTTOM = 44;

/** Where scores are in the chart. */
export interface CurveFrame {
  readonly axis: Axis;
  /** Upper and lower edge of the bands of stages. */
  readonly top: number;
  readonly bottom: number;
  readonly y: (value: number) => number;
}

/** The frame in which all these scores have room, of which there is at least one. */
export function curveFrame(values: readonly number[]): CurveFrame {
  const axis = scoreAxis(Math.min(...values));
  const y = (value: number): number =>
    coordinate(TOP + ((axis.to - value) / (axis.to - axis.from)) * (HEIGHT - TOP - BOTTOM));
  return { axis, top: BANDS_TOP, bottom: HEIGHT - BOTTOM, y };
}

/**
 * Draws weighted F1 and accuracy after each evaluated round, stage by stage, with the teacher's weighted F1 as a
 * horizontal line and a cross at each aborted round. No markup where no round was evaluated.
 */
export function curve(rounds: readonly RoundLine[], teacherF1: number | undefined): Markup {
  const values = rounds.flatMap(({ evaluation }) => (evaluation ? [evaluation.weightedF1, evaluation.accuracy] : []));
  if (values.length === 0) {
    return nothing;
  }
  const bands = bandsOf(rounds, LEFT, WIDTH - LEFT - RIGHT);
  const frame = curveFrame(values);
  const { y: height } = frame;
  const entries = [
    seriesEntry(weightedF1Series),
    seriesEntry(accuracySeries),
    ...(teacherF1 === undefined ? [] : [teacherEntry]),
    ...(rounds.some(({ phase }) => phase === 'aborted') ? [abortedEntry] : []),
  ];
  return svg(
    { id: 'curve', title: 'Figures over the rounds', description: describe(rounds), width: WIDTH, height: HEIGHT },
    markup`${drawLegend(entries, LEFT, 12)}
    ${bands.map((band) => curveBand(band, frame.top, frame.bottom))}
    ${drawGrid(frame)}
    ${teacherF1 === undefined ? nothing : markup`<path class="teacher-line" d="M${LEFT} ${height(teacherF1)}H${WIDTH - RIGHT}" />`}
    ${bands.map((band) => drawSeries(band, accuracySeries, height))}
    ${bands.map((band) => drawSeries(band, weightedF1Series, height))}
    ${bands.map((band) => lastValue(band, weightedF1Series, height))}`,
  );
}

/** A line with its label for each step of the axis. */
export function drawGrid({ axis, y }: CurveFrame): Markup {
  const decimals = axis.from >= 0.9 ? 2 : 1;
  return markup`${axis.ticks.map(
    (tick) => markup`<path class="grid" d="M${LEFT} ${y(tick)}H${WIDTH - RIGHT}" />
    <text x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${tick.toFixed(decimals)}</text>`,
  )}`;
}

function describe(rounds: readonly RoundLine[]): string {
  const stages = [...new Set(rounds.map(({ stage }) => stage))].map((stage) => {
    const evaluations = rounds.flatMap((line) => (line.stage === stage && line.evaluation ? [line.evaluation] : []));
    const [first, last] = [evaluations[0], evaluations.at(-1)];
    if (!first || !last) {
      return `${stage}: not evaluated`;
    }
    const path = evaluations.length === 1 ? 'at' : `from ${score(first.weightedF1)} to`;
    return `${stage}: weighted F1 ${path} ${score(last.weightedF1)}`;
  });
  return `${stages.join('; ')}.`;
}

interface LegendEntry {
  readonly text: string;
  /** Drawn around the point (12, 0). */
  readonly symbol: Markup;
}

const SYMBOL_WIDTH = 32;
const GAP = 26;

/** Draws the entries side by side, starting at `left` and vertically centred at `y`. */
function drawLegend(entries: readonly LegendEntry[], left: number, y: number): Markup {
  let x = left;
  const drawn = entries.map(({ text, symbol }) => {
    const entry = markup`<g transform="translate(${coordinate(x)} ${y})">${symbol}<text x="${SYMBOL_WIDTH}" y="4">${text}</text></g>`;
    x += SYMBOL_WIDTH + textWidth(text) + GAP;
    return entry;
  });
  return markup`<g class="legend">${drawn}</g>`;
}

/** A line with its mark. */
function seriesEntry(series: Series): LegendEntry {
  const symbol = markup`<g class="${series.className}"><path class="line" d="M0 0H24" />${drawMark(series, 12, 0, series.name)}</g>`;
  return { text: series.name, symbol };
}

const teacherEntry: LegendEntry = {
  text: 'weighted F1 of the teacher',
  symbol: markup`<path class="teacher-line" d="M0 0H24" />`,
};

const abortedEntry: LegendEntry = { text: 'aborted round', symbol: abortedMark(12, 0, 'aborted round') };
