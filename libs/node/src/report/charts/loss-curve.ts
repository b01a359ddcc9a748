/** A chart of the losses of one training over its epochs, with the best epoch and the changes of the learning rate. */

import type { EpochReport } from '@gaitway/core/train';
import { learningRate, score } from '../format.js';
import { markup, type Markup, nothing } from '../markup.js';
import { coordinate, lossAxis, type LossAxis, roundTicks, svg, textWidth } from './chart.js';
import { drawMark, type LineLook } from './curve-series.js';

export interface LossCurve {
  readonly id: string;
  readonly title: string;
  /** At least one. */
  readonly epochs: readonly EpochReport[];
  /** The epoch whose parameters were kept. */
  readonly bestEpoch: number;
}

/** A loss and its line. */
interface LossLine extends LineLook {
  readonly of: (epoch: EpochReport) => number | undefined;
}

export const trainingLine: LossLine = {
  name: 'training loss',
  className: 'training',
  mark: 'square',
  of: ({ trainingLoss }) => trainingLoss,
};
export const validationLine: LossLine = {
  name: 'validation loss',
  className: 'validation',
  mark: 'circle',
  of: ({ validationLoss }) => validationLoss,
};

const WIDTH = 490;
const HEIGHT = 260;
const LEFT = 48;
const RIGHT = 8;
const TOP = 26;
const BOTTOM = 44;
/** Space from the edges to the first and the last epoch. */
const MARGIN = 18;
/** Minimum distance between two numbers below the axis. */
const TICK_ROOM = 50;
/** Minimum distance between marks; they are left out where they would be closer together. */
const MARK_ROOM = 24;

interface Frame {
  readonly axis: LossAxis;
  readonly x: (epoch: number) => number;
  readonly y: (loss: number) => number;
  readonly marked: boolean;
}

/** Draws both losses. A ring marks the best epoch; dotted lines show where the learning rate changes, and to what. */
export function lossCurve(curve: LossCurve): Markup {
  const { id, title, epochs } = curve;
  const frame = frameOf(epochs);
  return svg(
    { id, title, description: describe(curve), width: WIDTH, height: HEIGHT },
    markup`${drawAxes(frame, epochs.length)}
    ${drawRateChanges(epochs, frame)}
    ${drawLine(trainingLine, epochs, frame)}
    ${drawLine(validationLine, epochs, frame)}
    ${drawBest(curve, frame)}`,
  );
}

function frameOf(epochs: readonly EpochReport[]): Frame {
  const losses = epochs.flatMap((epoch) => [epoch.trainingLoss, epoch.validationLoss ?? []].flat());
  const axis = lossAxis(losses);
  const room = (WIDTH - LEFT - RIGHT - 2 * MARGIN) / Math.max(1, epochs.length - 1);
  const first = epochs.length === 1 ? (LEFT + WIDTH - RIGHT) / 2 : LEFT + MARGIN;
  return {
    axis,
    x: (epoch) => coordinate(first + (epoch - 1) * room),
    y: (loss) => coordinate(TOP + ((axis.to - loss) / (axis.to - axis.from)) * (HEIGHT - TOP - BOTTOM)),
    marked: room >= MARK_ROOM,
  };
}

function drawAxes({ axis, x, y }: Frame, epochs: number): Markup {
  const numbers = roundTicks(epochs, Math.floor((WIDTH - LEFT - RIGHT) / TICK_ROOM));
  return markup`${axis.ticks.map(
    (tick) => markup`<path class="grid" d="M${LEFT} ${y(tick)}H${WIDTH - RIGHT}" />
    <text x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${tick.toFixed(axis.decimals)}</text>`,
  )}
  ${numbers.map((epoch) => markup`<text x="${x(epoch)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${epoch}</text>`)}
  <text class="axis-title" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">epoch</text>`;
}

function drawRateChanges(epochs: readonly EpochReport[], { x }: Frame): Markup {
  let free = 0;
  return markup`${rateChanges(epochs).map(({ epoch, rate }) => {
    const place = x(epoch - 0.5);
    const text = learningRate(rate);
    const half = textWidth(text) / 2;
    const fits = place - half >= free && place + half <= WIDTH;
    free = fits ? place + half + 6 : free;
    const label = fits ? markup`<text x="${place}" y="${TOP - 10}" text-anchor="middle">${text}</text>` : nothing;
    return markup`<g class="axis-title"><title>learning rate ${text} from epoch ${epoch} on</title>
    <path class="rate-change" d="M${place} ${TOP - 4}V${HEIGHT - BOTTOM}" />${label}</g>`;
  })}`;
}

function drawLine(line: LossLine, epochs: readonly EpochReport[], { x, y, marked }: Frame): Markup {
  const points = epochs.flatMap((report) => {
    const loss = line.of(report);
    return loss === undefined ? [] : [{ epoch: report.epoch, loss, at: `${x(report.epoch)} ${y(loss)}` }];
  });
  if (points.length === 0) {
    return nothing;
  }
  return markup`<g class="${line.className}"><path class="line" d="M${points.map(({ at }) => at).join('L')}" />
    ${(marked ? points : []).map(({ epoch, loss }) =>
      drawMark(line, x(epoch), y(loss), `epoch ${epoch}: ${line.name} ${score(loss)}`),
    )}
  </g>`;
}

function drawBest({ epochs, bestEpoch }: LossCurve, { x, y }: Frame): Markup {
  const best = epochs.find(({ epoch }) => epoch === bestEpoch);
  if (!best) {
    return nothing;
  }
  const loss = best.validationLoss ?? best.trainingLoss;
  return markup`<circle class="best" cx="${x(bestEpoch)}" cy="${y(loss)}" r="7"><title>best epoch ${bestEpoch}: ${score(loss)}</title></circle>`;
}

function describe({ epochs, bestEpoch }: LossCurve): string {
  const lines = [trainingLine, validationLine].flatMap(({ name, of }) => {
    const losses = epochs.flatMap((epoch) => of(epoch) ?? []);
    const [first, last] = [losses[0], losses.at(-1)];
    if (first === undefined || last === undefined) {
      return [];
    }
    return losses.length === 1 ? [`${name} ${score(first)}`] : [`${name} from ${score(first)} to ${score(last)}`];
  });
  const changes = rateChanges(epochs).map(
    ({ epoch, rate }) => `learning rate ${learningRate(rate)} from epoch ${epoch} on`,
  );
  return `${[...lines, `best epoch ${bestEpoch} of ${epochs.length}`, ...changes].join('; ')}.`;
}

export interface RateChange {
  /** The first epoch with the rate. */
  readonly epoch: number;
  readonly rate: number;
}

/** Each epoch whose learning rate differs from that of the epoch before. */
export function rateChanges(epochs: readonly EpochReport[]): readonly RateChange[] {
  return epochs
    .filter(({ learningRate }, index) => index > 0 && learningRate !== epochs[index - 1]?.learningRate)
    .map(({ epoch, learningRate }) => ({ epoch, rate: learningRate }));
}
