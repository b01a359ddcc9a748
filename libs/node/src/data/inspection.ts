/** What there is to say of a data folder: plain data, for a terminal, a page or a script. */

export interface Inspection {
  readonly folder: string;
  readonly layout: string;
  readonly files: number;
  /** Files that are none of the layout's. */
  readonly otherFiles: number;
  readonly windowPlan: InspectionPlan;
  readonly recordings: number;
  readonly hours: number;
  readonly labelledHours: number;
  readonly windows: number;
  readonly people: readonly PersonSummary[];
  /** By name; samples without an activity are counted in no entry. */
  readonly activities: readonly ActivitySummary[];
  readonly rates: readonly RateSummary[];
  readonly gaps: GapSummary;
  readonly rest: RestSummary;
  readonly suspects: readonly Suspect[];
  /** Files that could not be read, and why. */
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
}

/** At which rate and in which windows a study would see the data. */
export interface InspectionPlan {
  readonly rateHz: number;
  /** Samples of a window. */
  readonly window: number;
  /** Samples from one window to the next. */
  readonly step: number;
}

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
  /** Median rate of a recording, to a tenth. */
  readonly rateHz: number;
  readonly recordings: number;
}

export interface GapSummary {
  readonly count: number;
  /** Recordings with at least one. */
  readonly recordings: number;
  readonly longestSeconds: number;
}

export interface RestSummary {
  /** How long somebody kept still. */
  readonly hours: number;
  /** Mean magnitude of the acceleration meanwhile, in g; `null` where nobody ever kept still. */
  readonly magnitude: number | null;
}

export type SuspectKind = 'constant-channel' | 'unit' | 'duplicate' | 'too-short';

/** A recording that a person should look at. */
export interface Suspect {
  readonly kind: SuspectKind;
  readonly source: string;
  readonly reason: string;
}
