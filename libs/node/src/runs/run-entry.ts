/** A run at a glance. */

import type { RunKind } from './run-kind.js';

/**
 * `interrupted`: its process ended without a result, and the same command goes on. `failed`: it stopped for a reason of
 * its own. `unfinished`: a pipeline or tasks without a result, of which nobody knows whether a process is at work.
 */
export type RunStatus = 'running' | 'waiting' | 'paused' | 'interrupted' | 'failed' | 'finished' | 'unfinished';

export interface RunEntry {
  /** The folder. */
  readonly run: string;
  /** The command that conducts it where it is a study's and the log says so. */
  readonly kind: RunKind | 'simulate' | 'coordinator';
  /** Of the study, the experiment or the pipeline. */
  readonly name?: string;
  readonly status: RunStatus;
  /** Somebody wants it to rest between two rounds. */
  readonly pause: boolean;
  /** Why it stopped. */
  readonly reason?: string;
  /** What works on it. */
  readonly process?: { readonly pid: number; readonly host: string };
  /** Of the last finished round. */
  readonly stage?: string;
  readonly round?: number;
  /** Of the stage. */
  readonly rounds?: number;
  /** ISO 8601, in UTC. */
  readonly startedAt?: string;
  readonly changedAt?: string;
  /** Of the last model that was evaluated; absent in a run that is not finished, and in one of several tasks. */
  readonly weightedF1?: number;
}
