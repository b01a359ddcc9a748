/** A reliability diagram: accuracy as a function of confidence (Guo et al. 2017, figure 1). */

import type { Calibration, ReliabilityBin } from '@gaitway/core/metrics';
import { count, score } from '../format.js';
import { markup, type Markup } from '../markup.js';
import { coordinate, svg } from './chart.js';

export interface Reliability {
  readonly id: string;
  readonly title: string;
  readonly bins: Calibration['bins'];
}

const SIZE = 270;
const LEFT = 40;
const TOP = 8;
/** Height of the strip with the number of windows of each bar. */
const STRIP = 40;
const STRIP_TOP = TOP + SIZE + 12;
const BOTTOM = 40;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** Draws a bar for each bin that has windows, as high as its accuracy, beside the line of perfect calibration. */
export function reliabilityDiagram({ id, title, bins }: Reliability): Markup {
  const most = Math.max(1, ...bins.map(({ windows }) => windows));
  return svg(
    { id, title, description: describe(bins), width: LEFT + SIZE + 12, height: STRIP_TOP + STRIP + BOTTOM },
    markup`${TICKS.map(gridLines)}
    ${bins.map((bin, index) => drawBin(bin, index, { bins: bins.length, most }))}
    <path class="ideal" d="M${LEFT} ${TOP + SIZE}L${LEFT + SIZE} ${TOP}" />
    <text class="axis-title" x="${LEFT + SIZE / 2}" y="${STRIP_TOP + STRIP + 36}" text-anchor="middle">confidence; below: windows</text>
    <text class="axis-title" transform="translate(10 ${TOP + SIZE / 2}) rotate(-90)" text-anchor="middle">accuracy</text>`,
  );
}

function gridLines(tick: number): Markup {
  const [x, y] = [LEFT + tick * SIZE, TOP + (1 - tick) * SIZE];
  const label = tick.toFixed(2).replace(/0$/, '');
  return markup`<path class="grid" d="M${LEFT} ${y}H${LEFT + SIZE}" />
    <text x="${LEFT - 6}" y="${y + 4}" text-anchor="end">${label}</text>
    <text x="${x}" y="${STRIP_TOP + STRIP + 18}" text-anchor="middle">${label}</text>`;
}

interface Frame {
  readonly bins: number;
  /** Number of windows in the fullest bin. */
  readonly most: number;
}

function drawBin({ windows, accuracy }: ReliabilityBin, index: number, { bins, most }: Frame): Markup {
  const x = coordinate(LEFT + (index * SIZE) / bins + 1);
  const width = coordinate(SIZE / bins - 2);
  const bar = (className: string, bottom: number, height: number): Markup =>
    markup`<rect class="${className}" x="${x}" y="${coordinate(bottom - height)}" width="${width}" height="${coordinate(height)}" />`;
  return markup`<g><title>${inWords({ windows, accuracy }, index, bins)}</title>
    ${bar('reliability', TOP + SIZE, (accuracy ?? 0) * SIZE)}
    ${bar('bin-windows', STRIP_TOP + STRIP, (windows / most) * STRIP)}
  </g>`;
}

function inWords({ windows, accuracy }: Omit<ReliabilityBin, 'confidence'>, index: number, bins: number): string {
  const range = `confidence ${(index / bins).toFixed(2)} to ${((index + 1) / bins).toFixed(2)}`;
  return `${range}: accuracy ${score(accuracy)} of ${count(windows)} windows`;
}

function describe(bins: Calibration['bins']): string {
  const filled = bins.flatMap((bin, index) => (bin.windows > 0 ? [inWords(bin, index, bins.length)] : []));
  return `${filled.join('; ')}.`;
}
