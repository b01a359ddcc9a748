/** The results of a finished run: the type of `result.json`. */

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
  /** Number of windows that it could have used. */
  readonly windows: number;
  /** Number of windows that it used, keyed by activity, in the last round in which it reported them. */
  readonly accepted: Readonly<Record<string, number>>;
  /** Number of rounds in which it answered. */
  readonly rounds: number;
}

/** Number of bytes between the coordinator and all clients, over the whole run. */
export interface Traffic {
  /** To the clients. */
  readonly bytesDown: number;
  /** From the clients. */
  readonly bytesUp: number;
}

export interface RunResult {
  readonly study: { readonly name: string; readonly digest: Digest; readonly seed: number };
  /** The version that ran it. */
  readonly gaitway: string;
  readonly backend: string;
  /** How the study's recipe was chosen; absent where the study specified it. */
  readonly choice?: RecordedChoice;
  readonly stages: readonly StageResult[];
  /** The last evaluation of each stage's parameters, keyed by stage. */
  readonly evaluation: Readonly<Record<string, Evaluation>>;
  /**
   * The same on people of the clients, whose labels no model was trained on: each stage's model, after the last stage.
   * Only where a simulation knows such labels.
   */
  readonly clientEvaluation?: RunResult['evaluation'];
  /** Results of classical methods on the same test windows, from the same labelled windows; absent where none ran. */
  readonly baselines?: readonly BaselineResult[];
  readonly clients: readonly ClientResult[];
  readonly traffic: Traffic;
  /** The model of the last stage: its path in the run's folder, and the SHA-256 of the file. */
  readonly model: { readonly path: string; readonly sha256: Digest };
}
