/** The summary of a run. */

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
