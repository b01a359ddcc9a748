/** One direction of a connection: what arrives of the bytes that go in, by a plan. Depends on bytes alone, not on chunks. */

import type { ConnectionFault } from './connection-fault.js';

/** Bytes that arrive, or a fault that happens now. */
export type Step =
  { readonly kind: 'forward'; readonly bytes: Buffer } | { readonly kind: 'fault'; readonly fault: ConnectionFault };

export interface FaultyStream {
  /** What comes of the next chunk. Bytes that a fault needs together are kept until all of them are there. */
  next(chunk: Buffer): readonly Step[];
  /** What was kept when no more comes: too few for the fault, so they arrive as they are. */
  rest(): Buffer;
}

/**
 * @param faults - Of this direction. One that lies within the bytes of another happens right behind them.
 * @param happens - Asked when a fault's place is reached, and all of its bytes are there: whether it happens.
 */
export function faultyStream(
  faults: readonly ConnectionFault[],
  happens: (fault: ConnectionFault) => boolean = () => true,
): FaultyStream {
  const waiting = [...faults].sort((a, b) => a.at - b.at);
  let position = 0;
  let kept: Buffer = Buffer.alloc(0);
  const take = (bytes: number): Buffer => {
    const taken = kept.subarray(0, bytes);
    kept = kept.subarray(bytes);
    position += bytes;
    return taken;
  };
  return {
    next: (chunk) => {
      kept = Buffer.concat([kept, chunk]);
      const steps: Step[] = [];
      const forward = (bytes: Buffer): void => {
        if (bytes.length > 0) {
          steps.push({ kind: 'forward', bytes });
        }
      };
      for (let [fault] = waiting; fault && fault.at <= position + kept.length; [fault] = waiting) {
        forward(take(Math.max(0, fault.at - position)));
        if (kept.length < bytesOf(fault)) {
          return steps;
        }
        waiting.shift();
        if (happens(fault)) {
          steps.push({ kind: 'fault', fault });
          forward(changed(take(bytesOf(fault)), fault));
        }
      }
      forward(take(kept.length));
      return steps;
    },
    rest: () => take(kept.length),
  };
}

/** How many bytes a fault needs together. */
function bytesOf(fault: ConnectionFault): number {
  switch (fault.kind) {
    case 'corrupt':
      return 1;
    case 'drop':
    case 'duplicate':
      return fault.bytes;
    case 'reorder':
      return 2 * fault.bytes;
    case 'delay':
    case 'stall':
    case 'truncate':
    case 'cut':
    case 'silence':
      return 0;
  }
}

function changed(bytes: Buffer, fault: ConnectionFault): Buffer {
  switch (fault.kind) {
    case 'corrupt':
      return Buffer.from(bytes.map((byte) => byte ^ (1 << fault.bit)));
    case 'drop':
      return Buffer.alloc(0);
    case 'duplicate':
      return Buffer.concat([bytes, bytes]);
    case 'reorder':
      return Buffer.concat([bytes.subarray(fault.bytes), bytes.subarray(0, fault.bytes)]);
    case 'delay':
    case 'stall':
    case 'truncate':
    case 'cut':
    case 'silence':
      return bytes;
  }
}
