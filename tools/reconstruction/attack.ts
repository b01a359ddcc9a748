/** The form of an attack: what the coordinator sends, and what it makes of the answer. */

import type { Setting } from './setting.js';

/** An attack on single updates. It sees the study, the parameters that it sent and the update, and nothing else. */
export interface Attack {
  readonly name: string;
  readonly setting: Setting;
  /** Numbers of time steps that are compared: those of a reconstruction, or fewer where it may be shifted in time. */
  readonly lengths: readonly number[];
  /** The parameters that the client is to start from in a round, in the layout of the student's network. */
  parameters(round: number): Float32Array;
  /**
   * What it reconstructs from an update.
   *
   * @param update - Local minus global parameters
   * @param round - The round of the update, from 1; whatever an attack draws at random depends on it
   * @returns Signals of shape [time, channel], as many as it found
   */
  reconstruct(update: Float32Array, round: number): readonly Float32Array[];
}
