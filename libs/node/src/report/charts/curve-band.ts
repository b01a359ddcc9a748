/**
 * The bands of the stages in the curve: the horizontal positions of stages and rounds, and each band's background with
 * its name, its rounds, and marks for aborted rounds.
 */

import type { RoundLine } from '../../run/round-line.js';
import { type Content, markup, type Markup } from '../markup.js';
import { coordinate, fitText, roundTicks } from './chart.js';

/** A stage's part of the axis. */
export interface Band {
  readonly stage: string;
  readonly where: RoundLine['where'];
  readonly from: number;
  readonly to: number;
  readonly lines: readonly RoundLine[];
}

/** Minimum width of a band, so that a stage of a single round has room for its name. */
const MINIMUM_BAND = 96;

/** Divides a width among the stages: an equal minimum for each, and the rest by the number of rounds. */
export function bandsOf(rounds: readonly RoundLine[], left: number, width: number): readonly Band[] {
  const stages = [...new Set(rounds.map(({ stage }) => stage))];
  const byStage = stages.map((stage) => rounds.filter((line) => line.stage === stage));
  const extraRounds = rounds.length - stages.length;
  const equal = width / stages.length;
  const least = extraRounds === 0 ? equal : Math.min(MINIMUM_BAND, equal);
  const free = width - least * stages.length;
  let from = left;
  return byStage.map((lines, index) => {
    const to = from + least + (free * (lines.length - 1)) / Math.max(1, extraRounds);
    const band = { stage: stages[index] ?? '', where: lines[0]?.where ?? 'coordinator', from, to, lines };
    from = to;
    return band;
  });
}

/** Minimum distance from a round to the edge of its band: half the width of a number at that position. */
const MARGIN = 26;

/** The x coordinate of a round in its band; `index` counts from 0. */
export function placeOf({ from, to, lines }: Band, index: number): number {
  const margin = Math.min((to - from) / 2, Math.max(MARGIN, (to - from) / lines.length / 2));
  return from + margin + (index * (to - from - 2 * margin)) / Math.max(1, lines.length - 1);
}

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
