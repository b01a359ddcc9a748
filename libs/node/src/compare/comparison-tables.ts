/** The tables of a comparison's page. */

import { figuresOfPerson } from '@gaitway/core/metrics';
import { estimateOf, figures } from '../report/figures.js';
import { bytes, count, date, duration, estimate, NO_FIGURE, score, timeOfDay } from '../report/format.js';
import type { Content, Markup } from '../report/markup.js';
import { differenceText, errorRemovedText } from '../report/paired-differences.js';
import { type Column, table } from '../report/table.js';
import type { ComparedRun } from './compared-runs.js';
import type { RunComparison } from './run-differences.js';

const text = (heading: string): Column => ({ heading, kind: 'text' });
const number = (heading: string): Column => ({ heading, kind: 'number' });
const estimates = (runs: readonly ComparedRun[]): readonly Column[] =>
  runs.map(({ label }) => ({ heading: label, kind: 'estimate' }));

/** The figures of the final models side by side. */
export function figuresTable(runs: readonly ComparedRun[], caption: string): Markup {
  return table({
    caption,
    columns: [text('Figure'), ...estimates(runs)],
    rows: [
      ['Stage', ...runs.map(({ models }) => models?.final.stage ?? NO_FIGURE)],
      ['Test windows', ...runs.map(({ models }) => (models ? count(models.final.evaluation.windows) : NO_FIGURE))],
      ...figures.map((figure) => [
        figure.name,
        ...runs.map(({ models }) => (models ? estimateOf(figure, models.final.evaluation) : NO_FIGURE)),
      ]),
    ],
  });
}

/** How much better each run is than the first one, on test people and on the people of the clients. */
export function differencesTable({ differences }: RunComparison): Markup {
  return table({
    caption:
      "Weighted F1 of a run's model less that of the other on the people whom both were tested on, and the share of the other's error (1 - weighted F1) that is gone. In brackets: 95% intervals by resampling these people. If an interval contains 0, who was tested may explain the difference; with few people intervals are too narrow.",
    columns: [
      ...['Run', 'Against', 'People'].map(text),
      number('Number'),
      ...['Difference', 'Error removed'].map((heading): Column => ({ heading, kind: 'estimate' })),
    ],
    rows: differences.flatMap(({ run, against, test, clients }) => [
      [run, against, 'test people', test?.people ?? NO_FIGURE, differenceText(test), errorRemovedText(test)],
      ...(clients
        ? [[run, against, "clients' people", clients.people, differenceText(clients), errorRemovedText(clients)]]
        : []),
    ]),
  });
}

/** The weighted F1 of every evaluated stage. */
export function stagesTable(runs: readonly ComparedRun[]): Markup {
  const stages = [...new Set(runs.flatMap(({ run }) => run.result.stages.map(({ name }) => name)))];
  return table({
    caption: 'Weighted F1 on the test people after the last evaluated round of each stage.',
    columns: [text('Stage'), ...estimates(runs)],
    rows: stages.map((stage) => [
      stage,
      ...runs.map(({ run }) => {
        const evaluation = Object.hasOwn(run.result.evaluation, stage) ? run.result.evaluation[stage] : undefined;
        const intervals = evaluation?.intervals;
        const interval = intervals?.kind === 'people' ? intervals.weightedF1 : undefined;
        return estimate(evaluation?.weightedF1 ?? null, interval);
      }),
    ]),
  });
}

/** The weighted F1 of every test person; a dash where a run was not tested on them. */
export function peopleTable(runs: readonly ComparedRun[]): Markup {
  const peopleOf = ({ models }: ComparedRun): ReadonlyMap<string, number> =>
    new Map(models?.final.evaluation.people?.map((person) => [person.name, figuresOfPerson(person).weightedF1]));
  const figuresOf = runs.map(peopleOf);
  const names = [...new Set(figuresOf.flatMap((people) => [...people.keys()]))];
  return table({
    caption: 'Weighted F1 on the windows of each test person. A dash: not tested.',
    columns: [text('Person'), ...runs.map(({ label }) => number(label))],
    rows: names.map((name) => [name, ...figuresOf.map((people) => score(people.get(name) ?? null))]),
  });
}

/** The settings in which the studies differ. */
export function settingsTable({ runs, settings }: RunComparison): Markup {
  return table({
    caption: 'Settings that are not the same in all studies. A dash: the study has no such setting.',
    columns: [text('Setting'), ...runs.map(({ label }) => text(label))],
    rows: settings.map(({ path, values }) => [path, ...values.map((value) => value ?? NO_FIGURE)]),
  });
}

/** Where each run is from, and what it took. */
export function runsTable(runs: readonly ComparedRun[]): Markup {
  const row = (heading: string, of: (compared: ComparedRun) => Content): readonly Content[] => [
    heading,
    ...runs.map(of),
  ];
  return table({
    caption: 'Equal digests mean equal studies, and equal parameters, bit for bit.',
    columns: [text('Run'), ...runs.map(({ label }) => text(label))],
    rows: [
      row('Study', ({ run }) => run.study.name),
      row('Seed', ({ run }) => run.result.study.seed),
      row('Digest of the study', ({ run }) => run.result.study.digest),
      row('Parameters of the last stage', ({ run }) => run.result.stages.at(-1)?.parametersSha256 ?? NO_FIGURE),
      row('When', ({ run: { startedAt } }) =>
        startedAt === undefined ? 'not known' : `${date(startedAt)}, ${timeOfDay(startedAt)} UTC`,
      ),
      row('Duration', ({ run }) => duration(run.result.stages.reduce((sum, { seconds }) => sum + seconds, 0))),
      row('Clients', ({ run }) => count(run.result.clients.length)),
      row('Traffic', ({ run: { result } }) => bytes(result.traffic.bytesDown + result.traffic.bytesUp)),
      row('Backend', ({ run }) => run.result.backend),
      row('Gaitway', ({ run }) => run.result.gaitway),
    ],
  });
}
