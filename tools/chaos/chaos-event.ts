/** A line of the log of a run under faults. */

import { type ConnectionFault, connectionFaultSchema, faultKinds, type Kill, killSchema } from '@gaitway/faults';
import { z } from 'zod';
import type { ChaosSettings } from './chaos-settings.js';

export type ChaosEvent =
  | { readonly event: 'start'; readonly settings: ChaosSettings }
  | { readonly event: 'fault'; readonly seconds: number; readonly client: string; readonly fault: ConnectionFault }
  | { readonly event: 'kill'; readonly seconds: number; readonly kill: Kill }
  | { readonly event: 'calm'; readonly seconds: number }
  | { readonly event: 'end'; readonly seconds: number; readonly failure?: string };

const settings: z.ZodType<ChaosSettings> = z.strictObject({
  seed: z.int().min(0),
  minutes: z.number().positive(),
  clients: z.int().min(1),
  deadlines: z.boolean(),
  kinds: z.array(z.enum(faultKinds)),
});

const seconds = z.number().min(0);

export const chaosEventSchema: z.ZodType<ChaosEvent> = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('start'), settings }),
  z.strictObject({ event: z.literal('fault'), seconds, client: z.string(), fault: connectionFaultSchema }),
  z.strictObject({ event: z.literal('kill'), seconds, kill: killSchema }),
  z.strictObject({ event: z.literal('calm'), seconds }),
  z.strictObject({ event: z.literal('end'), seconds, failure: z.string().exactOptional() }),
]);
