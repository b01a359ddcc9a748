/** A chart of weighted F1 against the number of labelled windows of each activity, with a line for each method. */

import { type Axis, coordinate, scoreAxis, svg } from '../../report/charts/chart.js';
import { classBlock, classColour } from '../../report/charts/palette.js';
import { estimate, score } from '../../report/format.js';
import { markup, type Markup } from '../../report/markup.js';
import type { ReferenceFigure } from '../experiment.js';
import type { Mean } from '../figures/means.js';

export interface LowLabelCurve {
  /** In the order of their colours. */
  readonly methods: readonly string[];
  readonly means: readonly Mean[];
  readonly reference: readonly ReferenceLine[];
}

interface Frame {
  readonly axis: Axis;
  /** Label budgets for which the curve has figures, ascending. */
  readonly budgets: readonly number[];
  readonly x: (budget: number) => number;
  readonly y: (value: number) => number;
}

const WIDTH = 1000;
const HEIGHT = 420;
const LEFT = 40;
const RIGHT = 12;
const TOP = 16;
const BOTTOM = 48;
/** Space from the edges to the first and the last budget. */
const MARGIN = 60;
/** Methods are drawn side by side at each budget, so that their intervals do not overlap. */
const DODGE = 12;
const MARK = 16;

/** Draws the curve. Budgets are on a logarithmic axis, published figures are dashed lines. */
export function lowLabelCurve(curve: LowLabelCurve): Markup {
  const frame = frameOf(curve);
  return svg(
    {
      id: 'low-label',
      title: 'Weighted F1 over labelled windows per class',
      description: describe(curve),
      width: WIDTH,
      height: HEIGHT,
    },
    markup`${drawAxes(frame)}
    ${curve.reference.map((line) => drawReference(line, frame))}
    ${curve.methods.map((method, index) => drawMethod(curve, { method, index }, frame))}`,
  );
}

function frameOf({ means, reference }: LowLabelCurve): Frame {
  const published = reference.flatMap(({ points }) => points);
  const budgets = [...new Set([...means, ...published].flatMap((point) => point.windowsPerClass ?? []))];
  const values = [...means.map(({ interval }) => interval.low), ...published.map(({ weightedF1 }) => weightedF1)];
  const axis = scoreAxis(Math.max(0, Math.min(...values)));
  const [first, last] = [Math.log(Math.min(...budgets)), Math.log(Math.max(...budgets))];
  const width = WIDTH - LEFT - RIGHT - 2 * MARGIN;
  return {
    axis,
    budgets: budgets.toSorted((a, b) => a - b),
    x: (budget) =>
      coordinate(LEFT + MARGIN + (last > first ? (Math.log(budget) - first) / (last - first) : 0.5) * width),
    y: (value) => coordinate(TOP + ((axis.to - value) / (axis.to - axis.from)) * (HEIGHT - TOP - BOTTOM)),
  };
}

function drawAxes({ axis, budgets, x, y }: Frame): Markup {
  const decimals = axis.from >= 0.9 ? 2 : 1;
  const middle = (LEFT + WIDTH - RIGHT) / 2;
  return markup`${axis.ticks.map(
    (tick) => markup`<path class="grid" d="M${LEFT} ${y(tick)}H${WIDTH - RIGHT}" />
    <text x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${tick.toFixed(decimals)}</text>`,
  )}
  ${budgets.map((budget) => markup`<text x="${x(budget)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${budget}</text>`)}
  <text class="axis-title" x="${middle}" y="${HEIGHT - 8}" text-anchor="middle">labelled windows per class</text>`;
}

interface PlacedMethod {
  readonly method: string;
  readonly index: number;
}

function drawMethod({ methods, means }: LowLabelCurve, { method, index }: PlacedMethod, { x, y }: Frame): Markup {
  const colour = classColour(index);
  const shift = DODGE * (index - (methods.length - 1) / 2);
  const points = means
    .filter((mean) => mean.method === method)
    .map((mean) => ({ mean, budget: mean.windowsPerClass ?? 0 }))
    .toSorted((a, b) => a.budget - b.budget)
    .map(({ mean, budget }) => ({ mean, budget, place: coordinate(x(budget) + shift) }));
  const path = points.map(({ mean, place }, at) => `${at === 0 ? 'M' : 'L'}${place} ${y(mean.value)}`).join('');
  return markup`<g stroke="${colour}"><path class="line" d="${path}" />
    ${points.map(({ mean, place }) => markup`<path class="line" d="M${place} ${y(mean.interval.low)}V${y(mean.interval.high)}" />`)}
  </g>${points.map(({ mean, budget, place }) => {
    const block = { x: place - MARK / 2, y: coordinate(y(mean.value) - MARK / 2), width: MARK, height: MARK };
    return markup`<g><title>${method}, ${budget} windows per class: ${estimate(mean.value, mean.interval)}</title>${classBlock(index, block)}</g>`;
  })}`;
}

function drawReference({ name, letter, colour, points }: ReferenceLine, { x, y }: Frame): Markup {
  const path = points
    .map((point, at) => `${at === 0 ? 'M' : 'L'}${x(point.windowsPerClass)} ${y(point.weightedF1)}`)
    .join('');
  return markup`<g><path class="line" stroke="${colour}" stroke-dasharray="5 4" d="${path}" />
    ${points.map(({ windowsPerClass, weightedF1 }) => {
      const title = `${name}, published, ${windowsPerClass} windows per class: ${score(weightedF1)}`;
      return markup`<text class="value" x="${x(windowsPerClass)}" y="${y(weightedF1) + 4}" text-anchor="middle"><title>${title}</title>${letter}</text>`;
    })}
  </g>`;
}

function describe({ methods, means }: LowLabelCurve): string {
  const lines = methods.map((method) => {
    const points = means.filter((mean) => mean.method === method);
    return `${method}: ${points.map(({ windowsPerClass, value }) => `${score(value)} at ${windowsPerClass ?? 0}`).join(', ') || 'no figure'}`;
  });
  return `${lines.join('; ')}.`;
}

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
