/** Draws what happens to connections, so that a seed is enough to have the same trouble again. */

import { InvalidInput, type Rng } from '@gaitway/core';
import { directions, type ConnectionFault, type FaultKind } from './connection-fault.js';
import { oneOf } from './one-of.js';

export interface FaultDraw {
  /** How many connections, from the first, something can happen to. */
  readonly connections: number;
  /** Share of these that are left alone. */
  readonly spared: number;
  readonly kinds: readonly FaultKind[];
  /** The earliest and latest byte at which it happens; early ones are as likely in each power of two as late ones. */
  readonly bytes: readonly [number, number];
  /** The longest delay or stall. */
  readonly milliseconds: number;
}

/** As many bytes at most vanish, come twice or change places. */
const MAX_BYTES = 64;

/**
 * At most one fault for each connection. What happens to one depends on the stream's seed and its number only.
 *
 * @throws InvalidInput without kinds, or when the earliest byte is below 1 or behind the latest
 */
export function drawConnectionFaults(rng: Rng, draw: FaultDraw): readonly ConnectionFault[] {
  const [earliest, latest] = draw.bytes;
  if (draw.kinds.length === 0) {
    throw new InvalidInput('faults', [{ path: 'kinds', message: 'expected at least one kind, found none' }]);
  }
  if (earliest < 1 || latest < earliest) {
    const message = `expected two numbers of bytes, from 1 and not falling, found ${earliest} and ${latest}`;
    throw new InvalidInput('faults', [{ path: 'bytes', message }]);
  }
  return Array.from({ length: draw.connections }, (_, index) => index + 1).flatMap((connection) => {
    const own = rng.fork('connection', connection);
    return own.uniform() < draw.spared ? [] : [drawFault(own, connection, draw)];
  });
}

function drawFault(rng: Rng, connection: number, draw: FaultDraw): ConnectionFault {
  const [earliest, latest] = draw.bytes;
  const kind = oneOf(draw.kinds, rng);
  const direction = oneOf(directions, rng);
  const at = Math.floor(earliest * (latest / earliest) ** rng.uniform());
  const place = { connection, direction, at };
  switch (kind) {
    case 'delay':
    case 'stall':
      return { kind, ...place, milliseconds: 1 + rng.integer(draw.milliseconds) };
    case 'truncate':
    case 'cut':
    case 'silence':
      return { kind, ...place };
    case 'corrupt':
      return { kind, ...place, bit: rng.integer(8) };
    case 'drop':
    case 'duplicate':
    case 'reorder':
      return { kind, ...place, bytes: 1 + rng.integer(MAX_BYTES) };
  }
}
