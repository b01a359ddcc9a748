/** The background of one stage in the curve: its name, its rounds, and marks for aborted rounds. */

import { markup, type Content, type Markup } from '../markup.js';
import { coordinate, fitText } from './chart.js';
import { placeOf, type Band } from './round-plan.js';
import { roundTicks } from './scale.js';

/** Minimum distance between two numbers below the axis. */
const TICK_ROOM = 36;

/** Draws a stage's band between two heights. */
export function curveBand(band: Band, top: number, bottom: number): Markup {
  const { stage, where, from, to, lines } = band;
  const room = to - from - 12;
  const middle = (from + to) / 2;
  const ticks = where === 'clients' ? roundTicks(lines.length, Math.floor((to - from) / TICK_ROOM)) : [];
  const aborted = lines.flatMap(({ phase, round }, place) => (phase === 'aborted' ? [{ round, place }] : []));
  const text = (x: number, y: number, content: Content): Markup =>
    markup`<text x="${coordinate(x)}" y="${y}" text-anchor="middle">${content}</text>`;
  const axisTitle = where === 'clients' ? 'round' : fitText('coordinator', room);
  return markup`<g>
    <rect class="band" x="${coordinate(from)}" y="${top}" width="${coordinate(to - from)}" height="${bottom - top}" />
    <g class="stage-name">${text(middle, top + 17, markup`<title>${stage}</title>${fitText(stage, room)}`)}</g>
    ${ticks.map((tick) => text(placeOf(band, tick - 1), bottom + 18, tick))}
    <g class="axis-title">${text(middle, bottom + (ticks.length > 0 ? 38 : 18), axisTitle)}</g>
    ${aborted.map(({ round, place }) => abortedMark(placeOf(band, place), bottom - 11, `Round ${round} was aborted`))}
  </g>`;
}

/** A cross. */
export function abortedMark(x: number, y: number, title: string): Markup {
  return markup`<path class="aborted" d="M${coordinate(x - 4)} ${y - 4}l8 8m0 -8l-8 8"><title>${title}</title></path>`;
}
