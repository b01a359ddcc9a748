/**
 * How much better the model of each run is than that of the first one on the same people, and what limits that
 * comparison.
 */

import type { Evaluation } from '@gaitway/core';
import type { PairedDifference } from '@gaitway/core/metrics';
import { count, counted } from '../report/format.js';
import { type ComparedPeople, differenceOn } from '../report/paired-differences.js';
import type { DifferingSetting } from '../run/study-settings.js';
import type { ComparedRun } from './compared-runs.js';

/** A run set against the first one; each part is absent where nobody is in both evaluations. */
export interface RunDifference {
  readonly run: string;
  readonly against: string;
  readonly test?: PairedDifference;
  /** On the people of the clients, where simulations know their labels. */
  readonly clients?: PairedDifference;
}

/** Runs side by side, with all that is said of them. */
export interface RunComparison {
  /** In the order in which they were named; the others are set against the first. */
  readonly runs: readonly ComparedRun[];
  readonly differences: readonly RunDifference[];
  readonly settings: readonly DifferingSetting[];
  /** What a reader must know before believing the figures. */
  readonly reservations: readonly string[];
}

/** Every run but the first, set against the first. */
export function differencesOf([first, ...others]: readonly ComparedRun[]): readonly RunDifference[] {
  return others.map((other) => {
    const test = first && difference(other, first, 'test');
    const clients = first && difference(other, first, 'clients');
    return {
      run: other.label,
      against: first?.label ?? '',
      ...(test && { test }),
      ...(clients && { clients }),
    };
  });
}

function difference(run: ComparedRun, first: ComparedRun, who: ComparedPeople): PairedDifference | undefined {
  const peopleOf = ({ models }: ComparedRun): Evaluation['people'] =>
    (who === 'test' ? models?.final.evaluation : models?.final.onClients)?.people;
  const [method, against] = [peopleOf(run), peopleOf(first)];
  return method && against && differenceOn(who, [{ method, against }]);
}

/** What a reader must know before believing the comparison, a sentence each; empty where nothing limits it. */
export function reservationsOf(runs: readonly ComparedRun[]): readonly string[] {
  const [first, ...others] = runs;
  return [
    ...runs.flatMap(ownReservations),
    ...(first?.models ? others.flatMap((other) => pairReservations(first, other)) : []),
  ];
}

function ownReservations({ label, run, models }: ComparedRun): readonly string[] {
  const { stage, round, rounds } = run.rounds.at(-1) ?? { stage: '', round: 0, rounds: 0 };
  return [
    ...(run.result.model
      ? []
      : [`${label} is not finished: its figures are those after round ${round} of ${rounds} of stage "${stage}".`]),
    ...(models ? [] : [`${label} has no figures: none of its models was evaluated.`]),
    ...(models && !models.final.evaluation.people
      ? [`${label} has no figures of single people, so it cannot be compared on the same people.`]
      : []),
    ...run.warnings.map((warning) => `${label}: ${warning}`),
  ];
}

function pairReservations(first: ComparedRun, other: ComparedRun): readonly string[] {
  const [ours, theirs] = [first, other].map(({ models }) => models?.final.evaluation);
  if (!ours?.people || !theirs?.people) {
    return [];
  }
  const [before, after] = [windowsByPerson(ours), windowsByPerson(theirs)];
  const shared = [...before.keys()].filter((name) => after.has(name));
  const changed = shared.filter((name) => before.get(name)?.text !== after.get(name)?.text);
  const names = { first: first.label, other: other.label };
  return [
    ...(shared.length === before.size && shared.length === after.size
      ? []
      : [differentPeople(names, [...before.keys()], [...after.keys()])]),
    ...(changed.length === 0 ? [] : [differentWindows(names, changed, before, after)]),
  ];
}

interface PairNames {
  readonly first: string;
  readonly other: string;
}

/** The windows of a person: how many, and as text how many of each activity. */
interface PersonWindows {
  readonly windows: number;
  readonly text: string;
}

/** The activities of two evaluations may stand in another order. */
function windowsByPerson({ people = [], classes }: Evaluation): ReadonlyMap<string, PersonWindows> {
  return new Map(
    people.map(({ name, windows, confusion }) => {
      const supports = confusion.map((row, place) => {
        return `${classes[place]?.name ?? ''} ${row.reduce((sum, value) => sum + value, 0)}`;
      });
      return [name, { windows, text: supports.toSorted().join(', ') }];
    }),
  );
}

function differentPeople({ first, other }: PairNames, before: readonly string[], after: readonly string[]): string {
  const shared = before.filter((name) => after.includes(name));
  const only = (label: string, own: readonly string[], others: readonly string[]): readonly string[] => {
    const names = own.filter((name) => !others.includes(name));
    return names.length === 0 ? [] : [`only ${label} was tested on ${names.join(', ')}`];
  };
  const sides = [...only(first, before, after), ...only(other, after, before)].join('; ');
  const rest =
    shared.length === 0
      ? 'Nobody was tested in both, so no difference can be told.'
      : `Differences are on the ${counted(shared.length, 'person')} tested in both: ${shared.join(', ')}. The other figures are on different people and cannot be compared.`;
  return `${first} and ${other} were tested on different people: ${sides}. ${rest.replace('persons', 'people')}`;
}

function differentWindows(
  { first, other }: PairNames,
  changed: readonly string[],
  before: ReadonlyMap<string, PersonWindows>,
  after: ReadonlyMap<string, PersonWindows>,
): string {
  const windows = changed.map((name) => {
    const [ours, theirs] = [before, after].map((people) => count(people.get(name)?.windows ?? 0));
    return `${name} (${ours ?? ''} and ${theirs ?? ''} windows)`;
  });
  return `${first} and ${other} have other test windows of the same names: ${windows.join(', ')}. Either the studies cut recordings differently, or these are different people or recordings.`;
}
