/** What happened in a run under faults, as a line. */

import type { ChaosEvent } from './chaos-log.js';
import { COORDINATOR_PROCESS } from './chaos-plan.js';
import type { ChaosOutcome } from './run-chaos.js';

/** `seed 3: the same bits after 5 kills of the coordinator, 4 of clients, 12 cut, 8 stall (31.2 s)` */
export function outcomeText(seed: number, { events, failure, seconds, folder }: ChaosOutcome): string {
  const counts = countsOf(events);
  const after = `after ${counts.length > 0 ? counts.join(', ') : 'no faults'} (${seconds.toFixed(1)} s)`;
  return failure === undefined
    ? `seed ${seed}: the same bits ${after}`
    : `seed ${seed}: FAILED ${after}: ${failure}\n  Its folder: ${folder ?? 'none'}`;
}

function countsOf(events: readonly ChaosEvent[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const event of events) {
    const name = nameOf(event);
    if (name !== undefined) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => `${count} ${name}`);
}

function nameOf(event: ChaosEvent): string | undefined {
  switch (event.event) {
    case 'kill':
      return event.kill.process === COORDINATOR_PROCESS ? 'kills of the coordinator' : 'kills of clients';
    case 'fault':
      return event.fault.kind;
    case 'start':
    case 'calm':
    case 'end':
      return undefined;
  }
}
