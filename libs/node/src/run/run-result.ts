/** What a finished run came to: the shape of `result.json`. */

import type { BaselineResult, Digest, Evaluation, Stage } from '@gaitway/core';
import type { RecordedChoice } from './choice-file.js';

export interface StageResult {
  readonly name: string;
  readonly where: Stage['where'];
  readonly rounds: number;
  readonly seconds: number;
  /** SHA-256 of the little-endian Float32 bytes of the stage's parameters. */
  readonly parametersSha256: Digest;
}

export interface ClientResult {
  readonly name: string;
  /** Windows it could have used. */
  readonly windows: number;
  /** Windows it used, by activity, in the last round in which it said so. */
  readonly accepted: Readonly<Record<string, number>>;
  /** Rounds in which it answered. */
  readonly rounds: number;
}

/** Bytes between the coordinator and all clients, over the whole run. */
export interface Traffic {
  /** To the clients. */
  readonly bytesDown: number;
  /** From the clients. */
  readonly bytesUp: number;
}

export interface RunResult {
  readonly study: { readonly name: string; readonly digest: Digest; readonly seed: number };
  /** Version that ran. */
  readonly gaitway: string;
  readonly backend: string;
  /** How the study's recipe was chosen; absent where it was written. */
  readonly choice?: RecordedChoice;
  readonly stages: readonly StageResult[];
  /** By stage: the last evaluation of its parameters. */
  readonly evaluation: Readonly<Record<string, Evaluation>>;
  /**
   * The same on people of the clients whose labels no model saw: each stage's model, after the last stage. Only where a
   * simulation knows such labels.
   */
  readonly clientEvaluation?: RunResult['evaluation'];
  /** What classical methods reach on the same test windows, from the same labelled windows; absent where none ran. */
  readonly baselines?: readonly BaselineResult[];
  readonly clients: readonly ClientResult[];
  readonly traffic: Traffic;
  /** The last stage's model: its path in the run's folder, and the SHA-256 of the file. */
  readonly model: { readonly path: string; readonly sha256: Digest };
}
