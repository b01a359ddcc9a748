/** What can happen to a connection, and where. Plain data, so that it can be written down and done again. */

import { z } from 'zod';

/** All kinds, in the order in which they are documented. */
export const faultKinds = [
  'delay',
  'stall',
  'truncate',
  'cut',
  'silence',
  'corrupt',
  'drop',
  'duplicate',
  'reorder',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** `up` is from who connected to who listens. */
export const directions = ['up', 'down'] as const;

export type Direction = (typeof directions)[number];

interface Place {
  /** Which connection of the proxy, from 1. */
  readonly connection: number;
  readonly direction: Direction;
  /** Bytes that went that way on that connection before it happens. */
  readonly at: number;
}

export type ConnectionFault = Place &
  (
    | {
        /** `delay`: from here on everything arrives so much later. `stall`: nothing is read for so long, once. */
        readonly kind: 'delay' | 'stall';
        readonly milliseconds: number;
      }
    | {
        /** `truncate`: ended in good order, in the middle of what was said. `cut`: reset. `silence`: nothing arrives
         * any more, in neither direction, and neither side learns that the other is gone. */
        readonly kind: 'truncate' | 'cut' | 'silence';
      }
    | {
        readonly kind: 'corrupt';
        /** Which bit of the next byte is flipped; 0 is worth 1. */
        readonly bit: number;
      }
    | {
        /** What comes of the next bytes: they vanish, they come twice, or they and as many that follow change places. */
        readonly kind: 'drop' | 'duplicate' | 'reorder';
        readonly bytes: number;
      }
  );

const count = z.int().min(1);
const place = { connection: count, direction: z.enum(directions), at: z.int().min(0) };
const waits = { ...place, milliseconds: z.int().min(0) };
const touches = { ...place, bytes: count };

export const connectionFaultSchema: z.ZodType<ConnectionFault> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['delay', 'stall']), ...waits }),
  z.strictObject({ kind: z.enum(['truncate', 'cut', 'silence']), ...place }),
  z.strictObject({ kind: z.literal('corrupt'), ...place, bit: z.int().min(0).max(7) }),
  z.strictObject({ kind: z.enum(['drop', 'duplicate', 'reorder']), ...touches }),
]);
