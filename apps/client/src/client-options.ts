/** The options of `gaitway client`. */

import type { BackendName, DataOptions, EnrolmentCode, OutputOptions } from '@gaitway/node';
import type { ConditionName } from './availability/conditions.js';
import type { DailyWindow } from './availability/daily-windows.js';

export interface ClientOptions extends Partial<DataOptions>, OutputOptions {
  readonly explain?: true;
  readonly people?: readonly string[];
  readonly name?: string;
  readonly backend?: BackendName;
  readonly state?: string;
  readonly code?: EnrolmentCode;
  readonly ca?: string;
  readonly policy?: string;
  readonly giveUp?: number;
  readonly available?: readonly DailyWindow[];
  readonly when?: readonly ConditionName[];
}

/** The options of a client that takes part. */
export type PartOptions = ClientOptions & DataOptions;
