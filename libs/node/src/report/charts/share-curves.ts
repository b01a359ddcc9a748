/** A chart of shares between 0 and 1 over the rounds of a stage, a line for each. */

import { score } from '../format.js';
import { markup, nothing, type Markup } from '../markup.js';
import { coordinate, scoreAxis, svg } from './chart.js';
import { classBlock, classColour } from './palette.js';
import { type Rounds, roundAxis, roundPlace, roundsFrame } from './rounds-frame.js';

/** A share in one round. */
export interface SharePoint {
  readonly round: number;
  readonly value: number;
}

export interface ShareLine {
  readonly name: string;
  /** At least one, ascending by round. */
  readonly points: readonly SharePoint[];
}

export interface ShareCurves extends Rounds {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** At least one, in the order of their colours. */
  readonly lines: readonly ShareLine[];
}

const { width, height, left, right, top, bottom } = roundsFrame;
const MARK = 16;

/** Draws the lines, each with its number behind its end. */
export function shareCurves({ id, title, rounds, lines }: ShareCurves): Markup {
  const axis = scoreAxis(Math.min(...lines.flatMap(({ points }) => points.map(({ value }) => value))));
  const y = (value: number): number =>
    coordinate(top + ((axis.to - value) / (axis.to - axis.from)) * (height - top - bottom));
  const decimals = axis.from >= 0.9 ? 2 : 1;
  const marks = apart(lines.map(({ points }) => y(points.at(-1)?.value ?? 0)));
  return svg(
    { id, title, description: describe(lines), width, height },
    markup`${axis.ticks.map(
      (tick) => markup`<path class="grid" d="M${left} ${y(tick)}H${width - right}" />
    <text x="${left - 8}" y="${y(tick) + 4}" text-anchor="end">${tick.toFixed(decimals)}</text>`,
    )}
    ${roundAxis({ rounds })}
    ${lines.map((line, index) => drawLine(line, index, { rounds, y, mark: marks[index] ?? 0 }))}`,
  );
}

interface LinePlace extends Rounds {
  readonly y: (value: number) => number;
  /** Where the line's number is. */
  readonly mark: number;
}

function drawLine({ name, points }: ShareLine, index: number, { rounds, y, mark }: LinePlace): Markup {
  const last = points.at(-1);
  if (!last) {
    return nothing;
  }
  const x = (round: number): number => roundPlace(round, { rounds });
  const path = points.map(({ round, value }, at) => `${at === 0 ? 'M' : 'L'}${x(round)} ${y(value)}`).join('');
  const block = { x: width - right + 4, y: coordinate(mark - MARK / 2), width: MARK, height: MARK };
  const colour = classColour(index);
  const dot = markup`<circle cx="${x(last.round)}" cy="${y(last.value)}" r="3.5" fill="${colour}" />`;
  return markup`<g><title>${name}, round ${last.round}: ${score(last.value)}</title><path class="line" stroke="${colour}" d="${path}" />${dot}${classBlock(index, block)}</g>`;
}

/** Heights of marks, moved down as far as they would lie on each other. */
function apart(heights: readonly number[]): readonly number[] {
  const moved = [...heights];
  let free = 0;
  for (const index of [...heights.keys()].sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0))) {
    moved[index] = Math.max(free, heights[index] ?? 0);
    free = (moved[index] ?? 0) + MARK + 1;
  }
  return moved;
}

function describe(lines: readonly ShareLine[]): string {
  const texts = lines.flatMap(({ name, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    return first && last ? [`${name} from ${score(first.value)} to ${score(last.value)}`] : [];
  });
  return `${texts.join('; ')}.`;
}
