/** Formats runs as a table for the terminal. */

import { alignedRows } from '../report/aligned-rows.js';
import { score } from '../report/format.js';
import type { RunEntry } from './run-entry.js';

const heading = ['run', 'kind', 'name', 'status', 'last round', 'started', 'last change', 'weighted F1'];

/** One line for each run, with times in UTC. Has no final line break. */
export function renderRunTable(runs: readonly RunEntry[]): string {
  const rows = runs.map((entry) => [
    entry.run,
    entry.kind,
    entry.name ?? '',
    statusText(entry),
    roundText(entry),
    minuteText(entry.startedAt),
    minuteText(entry.changedAt),
    entry.weightedF1 === undefined ? '' : score(entry.weightedF1),
  ]);
  return runs.length === 0 ? 'No runs.' : alignedRows([heading, ...rows]).join('\n');
}

function statusText({ status, pause }: RunEntry): string {
  if (!pause || status === 'paused') {
    return status;
  }
  return status === 'running' || status === 'waiting' ? `${status}, to be paused` : `${status}, paused`;
}

function roundText({ stage, round, rounds }: RunEntry): string {
  return stage === undefined || round === undefined ? '' : `${stage} ${round}/${rounds ?? '?'}`;
}

/** Text such as `2026-03-05 18:04`. */
function minuteText(iso = ''): string {
  return iso.slice(0, 16).replace('T', ' ');
}
