/** The summary of a data folder, as plain data for a terminal, a page or a script. */

import type { FileNote } from '@gaitway/core/data';
import type { LeftAlone } from './left-alone.js';

export interface Inspection {
  readonly folder: string;
  readonly layout: string;
  readonly files: number;
  /** Number of files that do not belong to the layout. */
  readonly otherFiles: number;
  /** What looks like data and is not read, and why. */
  readonly leftAlone: readonly LeftAlone[];
  readonly windowPlan: InspectionPlan;
  /** Length and rate of windows that are already cut; absent for other recordings. */
  readonly cut?: { readonly length: number; readonly rateHz: number };
  readonly recordings: number;
  readonly hours: number;
  readonly labelledHours: number;
  readonly windows: number;
  readonly people: readonly PersonSummary[];
  /** Sorted by name; samples without an activity are not counted. */
  readonly activities: readonly ActivitySummary[];
  readonly rates: readonly RateSummary[];
  readonly gaps: GapSummary;
  readonly rest: RestSummary;
  readonly suspects: readonly Suspect[];
  /** Files that could not be read, and why. */
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
}

/** The sampling rate and windows with which a study would see the data. */
export interface InspectionPlan {
  readonly rateHz: number;
  /** Number of samples in a window. */
  readonly window: number;
  /** Number of samples from the start of one window to the next. */
  readonly step: number;
}

/** Windows of 8 s at 50 Hz, one each 4 s. */
export const INSPECTION_PLAN: InspectionPlan = { rateHz: 50, window: 400, step: 200 };

export interface PersonSummary {
  readonly name: string;
  readonly recordings: number;
  readonly hours: number;
  readonly windows: number;
  readonly activities: readonly string[];
}

export interface ActivitySummary {
  readonly name: string;
  readonly hours: number;
  readonly people: number;
}

export interface RateSummary {
  /** Median sampling rate of a recording, rounded to a tenth. */
  readonly rateHz: number;
  readonly recordings: number;
}

export interface GapSummary {
  readonly count: number;
  /** Number of recordings with at least one gap. */
  readonly recordings: number;
  readonly longestSeconds: number;
}

export interface RestSummary {
  /** Total time that people kept still. */
  readonly hours: number;
  /** Mean magnitude of the acceleration during that time, in g; `null` where nobody ever kept still. */
  readonly magnitude: number | null;
}

export type SuspectKind =
  | FileNote['kind']
  | 'absent-recording'
  | 'constant-channel'
  | 'duplicate'
  | 'gravity-axis'
  | 'idle-zeros'
  | 'left-alone'
  | 'many-activities'
  | 'overlap'
  | 'rate'
  | 'repeated-rows'
  | 'saturated'
  | 'similar-names'
  | 'stuck'
  | 'too-short'
  | 'unit'
  | 'without-windows';

/** Something that a person should look at before a study uses the data. */
export interface Suspect {
  readonly kind: SuspectKind;
  /** The recording or file; `people`, `activities` or `files` for what concerns several. */
  readonly source: string;
  /** Goes on after the source, and ends with what can be done. */
  readonly reason: string;
}
