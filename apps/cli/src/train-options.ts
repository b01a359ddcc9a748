/** Options of `gaitway train`, for either kind of file. */

import type { SensorPlan } from '@gaitway/core';
import type { BackendName, DataCheck, DataSource, OutputOptions } from '@gaitway/node';

export interface TrainOptions extends OutputOptions {
  readonly labelled: string;
  readonly labelledLayout?: string;
  readonly unlabelled?: string;
  readonly unlabelledLayout?: string;
  readonly test?: readonly string[];
  readonly windowsPerClass?: number;
  readonly fineTune: 'top' | 'all';
  readonly eachTaskAlone?: true;
  readonly rate: number;
  readonly window: number;
  readonly step: number;
  readonly seed?: number;
  readonly run?: string;
  readonly backend?: BackendName;
  readonly strict?: boolean;
}

/** The settings by which recordings become windows. */
export function sensorsOf({ rate, window, step }: TrainOptions): SensorPlan {
  return {
    channels: ['x', 'y', 'z'],
    rateHz: rate,
    window,
    step,
    normalisation: 'z',
    otherActivities: 'refuse',
  };
}

/** @param check - Tells what is suspect in the folder. */
export function dataSource(folder: string, layout: string | undefined, check: DataCheck): DataSource {
  return { folder, check, ...(layout !== undefined && { layout }) };
}
