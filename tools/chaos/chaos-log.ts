/** The log of a run under faults: JSON lines, of which the same faults can be made again. */

import { InvalidInput, parseInput } from '@gaitway/core';
import { chaosEventSchema, type ChaosEvent } from './chaos-event.js';
import { appendFileSync, readFileSync } from 'node:fs';
import type { ChaosPlan } from './chaos-plan.js';
import type { ChaosSettings } from './chaos-settings.js';

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
