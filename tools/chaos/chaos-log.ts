/** The log of a run under faults: JSON lines, of which the same faults can be made again. */

import { InvalidInput } from '@gaitway/core';
import { parseInput } from '@gaitway/core/internal';
import { type ConnectionFault, connectionFaultSchema, faultKinds, type Kill, killSchema } from '@gaitway/faults';
import { appendFileSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ChaosPlan, ChaosSettings } from './chaos-plan.js';

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
  liars: z.int().min(0),
  deadlines: z.boolean(),
  masked: z.boolean().exactOptional(),
  kinds: z.array(z.enum(faultKinds)),
});

const seconds = z.number().min(0);

const chaosEventSchema: z.ZodType<ChaosEvent> = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('start'), settings }),
  z.strictObject({ event: z.literal('fault'), seconds, client: z.string(), fault: connectionFaultSchema }),
  z.strictObject({ event: z.literal('kill'), seconds, kill: killSchema }),
  z.strictObject({ event: z.literal('calm'), seconds }),
  z.strictObject({ event: z.literal('end'), seconds, failure: z.string().exactOptional() }),
]);

/** Adds to a log. At once, so that nothing is missing when this process ends. */
export function appendToChaosLog(path: string, event: ChaosEvent): void {
  appendFileSync(path, `${JSON.stringify(event)}\n`);
}

/**
 * What happened in a run.
 *
 * @throws InvalidInput when it is no such log; it says which line, what was expected and what was found
 */
export function readChaosLog(path: string): { readonly settings: ChaosSettings; readonly plan: ChaosPlan } {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const events = lines.map((line, index) => parseLine(line, `${path}, line ${index + 1}`));
  const [start] = events;
  if (start?.event !== 'start') {
    throw new InvalidInput(path, [{ path: 'line 1', message: 'expected the start of a run, found something else' }]);
  }
  const faults = events.filter((event) => event.event === 'fault');
  return {
    settings: start.settings,
    plan: {
      faults: Object.fromEntries(
        [...new Set(faults.map(({ client }) => client))].map((name) => [
          name,
          faults.filter(({ client }) => client === name).map(({ fault }) => fault),
        ]),
      ),
      kills: events.filter((event) => event.event === 'kill').map(({ kill }) => kill),
    },
  };
}

function parseLine(line: string, source: string): ChaosEvent {
  try {
    return parseInput(chaosEventSchema, JSON.parse(line), source);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new InvalidInput(source, [{ path: '', message: `expected JSON: ${error.message}` }]);
    }
    throw error;
  }
}
