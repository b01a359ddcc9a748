/** Formats an inspection for the terminal. */

import type { Inspection, Suspect } from './inspection.js';
import { alignColumns } from './text-table.js';

/** At most this many recordings with the same kind of problem are listed; the others are counted. */
const LISTED = 5;

/** A summary of a data folder in plain text without colours; lines end with a line feed. */
export function renderInspection(inspection: Inspection): string {
  const blocks = [
    headline(inspection),
    facts(inspection),
    activityTable(inspection),
    peopleTable(inspection),
    suspectList(inspection.suspects),
    unreadableList(inspection),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headline({ folder, layout, files, otherFiles }: Inspection): readonly string[] {
  const others = otherFiles > 0 ? `; ${count(otherFiles, 'other file')} left alone` : '';
  return [folder, `${count(files, 'file')} of the layout ${layout}${others}`];
}

function facts(inspection: Inspection): readonly string[] {
  const { windowPlan, rates, gaps, rest } = inspection;
  const seconds = windowPlan.window / windowPlan.rateHz;
  return alignColumns(
    [
      ['people', number(inspection.people.length)],
      ['recordings', number(inspection.recordings)],
      ['hours', `${hours(inspection.hours)}, ${hours(inspection.labelledHours)} of them labelled`],
      [
        'windows',
        `${number(inspection.windows)} of ${seconds.toFixed(1)} s, one each ${windowPlan.step} samples at ${windowPlan.rateHz} Hz`,
      ],
      [
        'sample rate',
        rates.map(({ rateHz, recordings }) => `${rateHz} Hz (${count(recordings, 'recording')})`).join(', ') ||
          'unknown',
      ],
      [
        'gaps',
        gaps.count === 0
          ? 'none'
          : `${number(gaps.count)} in ${count(gaps.recordings, 'recording')}, the longest of ${gaps.longestSeconds.toFixed(1)} s`,
      ],
      [
        'at rest',
        rest.magnitude === null
          ? 'nobody kept still: the unit could not be checked'
          : `${rest.magnitude.toFixed(2)} g, over ${hours(rest.hours)} hours`,
      ],
    ],
    ['left', 'left'],
  );
}

function activityTable({ activities, labelledHours }: Inspection): readonly string[] {
  const rows = activities.map(({ name, hours: own, people }) => [
    name,
    hours(own),
    `${Math.round((100 * own) / labelledHours)} %`,
    number(people),
  ]);
  return rows.length === 0
    ? ['no labels']
    : alignColumns([['activity', 'hours', 'share', 'people'], ...rows], ['left', 'right', 'right', 'right']);
}

function peopleTable({ people, activities: all }: Inspection): readonly string[] {
  const rows = people.map(({ name, recordings, hours: own, windows, activities }) => [
    name,
    number(recordings),
    hours(own),
    number(windows),
    activitiesText(
      activities,
      all.map((activity) => activity.name),
    ),
  ]);
  const header = ['person', 'recordings', 'hours', 'windows', 'activities'];
  return alignColumns([header, ...rows], ['left', 'right', 'right', 'right', 'left']);
}

/** The activities that a person has, or those that are missing, whichever list is shorter. */
function activitiesText(own: readonly string[], all: readonly string[]): string {
  const missing = all.filter((name) => !own.includes(name));
  if (own.length <= missing.length) {
    return own.join(', ') || 'no labels';
  }
  return missing.length === 0 ? `all ${all.length}` : `all but ${missing.join(', ')}`;
}

function suspectList(suspects: readonly Suspect[]): readonly string[] {
  const lines = suspectLines(suspects);
  return lines.length === 0 ? ['nothing suspect'] : ['look at', ...lines];
}

/** A line for each of the first suspects of each kind, indented. */
export function suspectLines(suspects: readonly Suspect[]): readonly string[] {
  const kinds = [...new Set(suspects.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const same = suspects.filter((suspect) => suspect.kind === kind);
    const listed = same.slice(0, LISTED).map(({ source, reason }) => `  ${source} ${reason}`);
    return same.length > LISTED ? [...listed, `  ... and ${number(same.length - LISTED)} more (${kind})`] : listed;
  });
}

function unreadableList({ unreadable }: Inspection): readonly string[] {
  const listed = unreadable.slice(0, LISTED).map(({ message }) => `  ${message.replaceAll('\n', '\n  ')}`);
  const more = unreadable.length > LISTED ? [`  ... and ${number(unreadable.length - LISTED)} more`] : [];
  return unreadable.length === 0 ? [] : ['could not be read', ...listed, ...more];
}

function count(amount: number, noun: string): string {
  return `${number(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

function hours(value: number): string {
  return value.toFixed(2);
}
