/** What came of a soak, for people. */

import type { RunEvent } from '@gaitway/node';
import { byLabel } from '../load/coordinator-process.js';
import { OWN_FAILURE } from './member.js';
import type { Soaked } from './soak.js';
import { growthPerHour, median, type Sample } from './trend.js';

export interface SoakReport {
  readonly lines: readonly string[];
  /** What nothing that the soak did accounts for. */
  readonly surprises: readonly string[];
}

/** Samples of the first sixth of the time do not count for the growth: programs grow until they are warm. */
const WARM_UP = 1 / 6;

/** Parts of the time whose memory is told. */
const PARTS = 6;

/** A coordinator that was stopped by SIGTERM. */
const INTERRUPTED = 130;

export function reportOf(soaked: Soaked, events: readonly RunEvent[]): SoakReport {
  const { doings, cuts, figures, code } = soaked;
  const kinds = countsOf(events.map(kindOf));
  const closed = connectionsCut.reduce((sum, reason) => sum + (kinds.get(`client-left: ${reason}`) ?? 0), 0);
  return {
    lines: [
      `rounds ${JSON.stringify(byLabel(figures, 'gaitway_rounds_total'))}`,
      `joins ${doings.joins}, leaves ${doings.leaves}, connections cut ${cuts}`,
      ...memoryLines(soaked.memory),
      ...[...kinds].sort(([, a], [, b]) => b - a).map(([kind, count]) => `${String(count).padStart(8)}  ${kind}`),
    ],
    surprises: [
      ...doings.surprises,
      ...events.filter((event) => !isExplained(event)).map((event) => JSON.stringify(event)),
      ...(closed > cuts ? [`${closed} connections were closed, ${cuts} of them on purpose`] : []),
      ...(code === INTERRUPTED ? [] : [`the coordinator ended with code ${String(code)}`]),
    ],
  };
}

function countsOf(kinds: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  kinds.forEach((kind) => counts.set(kind, (counts.get(kind) ?? 0) + 1));
  return counts;
}

function memoryLines(memory: readonly Sample[]): readonly string[] {
  const border = (part: number): number => Math.floor((part * memory.length) / PARTS);
  const parts = Array.from({ length: PARTS }, (_, part) => memory.slice(border(part), border(part + 1)));
  const medians = parts.map((part) => median(part.map(({ value }) => value)).toFixed(1));
  const warm = memory.slice(Math.floor(memory.length * WARM_UP));
  const most = Math.max(...memory.map(({ value }) => value));
  return [
    `memory in MiB: first ${(memory[0]?.value ?? NaN).toFixed(1)}, last ${(memory.at(-1)?.value ?? NaN).toFixed(1)}, most ${most.toFixed(1)}`,
    `medians of each sixth of the time: ${medians.join(', ')}`,
    `growth after the first sixth: ${growthPerHour(warm).toFixed(2)} MiB/h`,
  ];
}

/** What the coordinator says of a connection that was cut: which of them depends on what was on its way. */
const connectionsCut = ['its connection was closed', 'its connection broke (transport error)'] as const;

/** The reasons that explain an event; `any` where it needs none. */
const explained: Readonly<Partial<Record<RunEvent['event'], 'any' | readonly string[]>>> = {
  'run-started': 'any',
  'run-stopped': ['interrupted'],
  'round-completed': 'any',
  'stage-finished': 'any',
  'clients-missing': 'any',
  'client-joined': 'any',
  'client-asked-again': 'any',
  'client-left': ['it left', ...connectionsCut, 'it came back on a new connection'],
  'client-failed': ['it left', ...connectionsCut, 'it is not connected', OWN_FAILURE],
  'answer-ignored': ['late'],
};

/** Whether something that the soak did on purpose accounts for the event. */
export function isExplained(event: RunEvent): boolean {
  const reasons = explained[event.event];
  return reasons === 'any' || ('reason' in event && (reasons?.includes(event.reason ?? '') ?? false));
}

/** An event's kind and reason: what lines are counted by. */
export function kindOf(event: RunEvent): string {
  return 'reason' in event ? `${event.event}: ${event.reason ?? ''}` : event.event;
}
