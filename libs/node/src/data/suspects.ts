/** Finds what somebody should check before a study uses the data of a folder. */

import type { AccelerationUnit, FileNote } from '@gaitway/core/data';
import type { RawRecording } from '@gaitway/core';
import type { InspectionPlan, Suspect } from './inspection.js';
import type { LeftAlone } from './left-alone.js';
import { copyFinder } from './quality/copies.js';
import { gravitySuspects } from './quality/gravity-axis.js';
import { similarNames } from './quality/similar-names.js';
import { factsOf, type RecordingFacts } from './recording-facts.js';

/** Plausible magnitudes at rest for data in g; phones out of calibration are off by a few percent. */
const REST_RANGE = { low: 0.8, high: 1.2 };

/**
 * Plausible mean magnitudes without a quiet second, over a whole recording; moving people measure well above 1 g on
 * average.
 */
const MOVING_RANGE = { low: 0.5, high: 4 };

/** Minimum number of quiet seconds for the magnitude at rest to be used. */
const QUIET_SECONDS = 3;

/** Collects what is suspect in the files of a folder while they are read. */
export interface FolderCheck {
  /** Takes a recording, and returns the facts about it. */
  readonly recording: (raw: RawRecording) => RecordingFacts;
  /** Takes what the reader of a file noted. */
  readonly notes: (path: string, notes: readonly FileNote[]) => void;
  /** Everything suspect. */
  readonly suspects: () => readonly Suspect[];
}

/** What a folder tells before it is read. */
interface ListedFolder {
  readonly leftAlone: readonly LeftAlone[];
  /** Recordings that the data set knows of, but that are not there. */
  readonly absent: readonly string[];
}

/** Checks recordings as a study with this plan would use them. */
export function folderCheck(plan: InspectionPlan, { leftAlone, absent }: ListedFolder): FolderCheck {
  const all: RecordingFacts[] = [];
  const found: Suspect[] = [];
  const noted: Suspect[] = [];
  const copies = copyFinder();
  let files = 0;
  return {
    recording: (raw) => {
      const facts = factsOf(raw, plan);
      all.push(facts);
      found.push(...facts.faults, ...unitSuspects(facts), ...copies.see(raw, facts.digest), ...short(facts, plan));
      return facts;
    },
    notes: (path, notes) => {
      files++;
      noted.push(...notes.map(({ kind, reason }) => ({ kind, source: path, reason })));
    },
    suspects: () => {
      // A program that never ends its last line cuts no file off.
      const cutOff = noted.filter(({ kind }) => kind === 'cut-off');
      const isHabit = files > 1 && cutOff.length === files;
      return [
        ...leftAloneSuspects(leftAlone),
        ...absentSuspects(absent),
        ...nameSuspects(all),
        ...(isHabit ? noted.filter(({ kind }) => kind !== 'cut-off') : noted),
        ...found.filter(({ kind, source }) => !noted.some((note) => note.kind === kind && isIn(source, note.source))),
        ...gravitySuspects(all),
      ];
    },
  };
}

/** Whether a recording is of that file. What the reader of the file noted says more. */
function isIn(source: string, path: string): boolean {
  return source.startsWith(path) && /^(:\d+)?$/.test(source.slice(path.length));
}

/** As many files are named. */
const LISTED = 5;

function leftAloneSuspects(leftAlone: readonly LeftAlone[]): readonly Suspect[] {
  const whys = [...new Set(leftAlone.map(({ why }) => why))];
  return whys.map((why) => {
    const paths = leftAlone.filter((file) => file.why === why).map(({ path }) => path);
    const more = paths.length > LISTED ? ` and ${paths.length - LISTED} more` : '';
    return {
      kind: 'left-alone',
      source: 'files',
      reason: `left alone: ${paths.slice(0, LISTED).join(', ')}${more}: ${why}`,
    };
  });
}

function absentSuspects(absent: readonly string[]): readonly Suspect[] {
  const more = absent.length > LISTED ? ` and ${absent.length - LISTED} more` : '';
  const reason = `${absent.slice(0, LISTED).join('; ')}${more}: are all recordings there?`;
  return absent.length > 0 ? [{ kind: 'absent-recording', source: 'files', reason }] : [];
}

/** Data sets have fewer activities; a column with more is an index, a time or a note. */
const MANY_ACTIVITIES = 50;

function nameSuspects(all: readonly RecordingFacts[]): readonly Suspect[] {
  const people = all.map(({ subject }) => subject);
  const activities = all.flatMap((facts) => [...facts.activities.keys()]);
  const count = new Set(activities).size;
  const reason = `${count} different ones: is this the right column? A label stands for one of a few activities`;
  const many: readonly Suspect[] =
    count > MANY_ACTIVITIES ? [{ kind: 'many-activities', source: 'activities', reason }] : [];
  return [...similarNames('people', people), ...similarNames('activities', activities), ...many];
}

function unitSuspects({ source, rest, meanMagnitude }: RecordingFacts): readonly Suspect[] {
  if (rest === undefined || meanMagnitude === undefined) {
    return [];
  }
  const units = Object.entries(rest.secondsIn).filter(([, seconds]) => seconds >= QUIET_SECONDS);
  if (units.length > 1) {
    const seconds = units.map(([unit, count]) => `${count} s at rest in ${unit}`).join(', ');
    return [{ kind: 'unit', source, reason: `changes its unit: ${seconds}, if it is declared in g; convert one part` }];
  }
  const quiet = rest.seconds >= QUIET_SECONDS;
  const measured = quiet ? rest.magnitudeSum / rest.seconds : meanMagnitude;
  const { low, high } = quiet ? REST_RANGE : MOVING_RANGE;
  if (measured >= low && measured <= high) {
    return [];
  }
  const reason = `${quiet ? 'measures at rest' : 'measures on average'} ${measured.toFixed(2)} g, not about 1 g`;
  return [{ kind: 'unit', source, reason: `${reason}: ${unitGuess(measured)}` }];
}

/** Above this, in g, data are in mg; above the other one, in m/s^2. */
const GUESSES: readonly (readonly [number, AccelerationUnit])[] = [
  [100, 'mg'],
  [4, 'm/s^2'],
];

function unitGuess(measured: number): string {
  const [, unit] = GUESSES.find(([from]) => measured > from) ?? [];
  if (unit) {
    return `is it in ${unit}?`;
  }
  return measured < 0.5 ? 'was gravity taken out, or is it divided by 9.81 too often?' : 'is the sensor calibrated?';
}

function short({ source, seconds, windows }: RecordingFacts, { window, rateHz }: InspectionPlan): readonly Suspect[] {
  const needed = (window / rateHz).toFixed(1);
  const reason = `holds no window of ${needed} s without a gap: ${seconds.toFixed(1)} s in all`;
  return windows > 0 ? [] : [{ kind: 'too-short', source, reason }];
}
