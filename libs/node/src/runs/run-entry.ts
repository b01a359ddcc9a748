/** The summary of a run, and a table of runs for the terminal. */

import { alignedRows, score } from '../report/format.js';
import type { RunKind } from './run-kind.js';

/**
 * `interrupted`: its process ended without a result, and the same command continues it. `failed`: it stopped because of
 * an error. `unfinished`: a pipeline or tasks without a result, of which it is not known whether a process works on it.
 */
export type RunStatus = 'running' | 'waiting' | 'paused' | 'interrupted' | 'failed' | 'finished' | 'unfinished';

export interface RunEntry {
  /** Path of the folder. */
  readonly run: string;
  /** The kind of run, or for a study the command that conducts it if the log contains it. */
  readonly kind: RunKind | 'simulate' | 'coordinator';
  /** Name of the study, the experiment or the pipeline. */
  readonly name?: string;
  readonly status: RunStatus;
  /** Whether somebody wants it to pause between two rounds. */
  readonly pause: boolean;
  /** Why it stopped. */
  readonly reason?: string;
  /** The process that works on it. */
  readonly process?: { readonly pid: number; readonly host: string };
  /** Stage and round of the last finished round. */
  readonly stage?: string;
  readonly round?: number;
  /** Number of rounds of the stage. */
  readonly rounds?: number;
  /** ISO 8601, in UTC. */
  readonly startedAt?: string;
  readonly changedAt?: string;
  /**
   * Weighted F1 of the last model that was evaluated; absent in a run that is not finished, in an experiment, and in
   * one of several tasks.
   */
  readonly weightedF1?: number;
}

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
