/** What a run under faults is to be: enough to draw its plan from. */

import type { FaultKind } from '@gaitway/faults';

export interface ChaosSettings {
  readonly seed: number;
  /** How long there are faults, from the start of the coordinator. */
  readonly minutes: number;
  readonly clients: number;
  /** Rounds have deadlines: who counts is recorded, and repeated by a simulation. Else every client counts in each. */
  readonly deadlines: boolean;
  readonly kinds: readonly FaultKind[];
}
