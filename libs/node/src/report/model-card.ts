/**
 * The card of a run's final model, as plain Markdown beside its file: what whoever gets the model must know (M. Mitchell et
 * al., Model cards for model reporting, 2019, arXiv 1810.03993). It names no person.
 */

import type { Evaluation, Stage } from '@gaitway/core';
import { formatEpsilon } from '@gaitway/core/engine';
import { learnedFrom } from '@gaitway/core/study';
import { basename, join } from 'node:path';
import { writeFileAtomically } from '../files/atomic-write.js';
import type { Run } from '../run/read-run.js';
import { cardPath } from '../run/run-folder.js';
import { comparisonOf, defeatText } from './comparison.js';
import { estimateOf, figures, intervalNote } from './figures.js';
import { count, counted, date, score } from './format.js';

/** Writes the card of the final model of a finished run. */
export async function writeModelCard(run: Run): Promise<void> {
  await writeFileAtomically(join(run.folder.path, cardPath(stageOf(run))), renderModelCard(run));
}

/** The text of the card. */
export function renderModelCard(run: Run): string {
  const { study, result, finishedAt } = run;
  const written = finishedAt === undefined ? '' : `, ${date(finishedAt)}`;
  return `# ${plain(study.name)}: the model of the stage ${stageOf(run)}

This model tells ${study.activities.map(plain).join(', ')} apart. File: \`${basename(result.model.path)}\`, SHA-256 \`${result.model.sha256}\`. Gaitway ${result.gaitway}, backend ${result.backend}${written}; study \`${result.study.digest}\`.

## Data

${list(dataLines(run))}

## Figures

${figuresText(run)}

## Privacy

${list(privacyLines(run))}

## Limits

${list(limitLines(run))}

## How to run

In the folder of the run:

\`\`\`sh
npx gaitway predict ${result.model.path} --data recordings --out predictions.csv
\`\`\`
`;
}

function stageOf({ result }: Run): string {
  return basename(result.model.path, '.safetensors');
}

const normalisations: Readonly<Record<Run['study']['sensors']['normalisation'], string>> = {
  axes: 'The axes are divided by one constant.',
  z: 'Channels are normalised by the mean and the deviation of the labelled people, which the file holds.',
  site: "Channels are normalised by the mean and the deviation of each person's own recordings.",
};

function dataLines(run: Run): readonly string[] {
  const { sensors, people } = run.study;
  const { window, step, rateHz, channels, derived } = sensors;
  const windows = `Windows of ${window / rateHz} s (${count(window)} samples at ${rateHz} Hz), one every ${step / rateHz} s, of the channels ${channels.map(plain).join(', ')}; acceleration in g.`;
  const further = derived ? ` Computed from them: ${derived.join(', ')}.` : '';
  const budget = people.labelledWindows;
  const kept = budget ? `, at most ${counted(budget.perClass, 'window')} of each activity` : '';
  return [
    `${windows}${further} ${normalisations[sensors.normalisation]}`,
    `Labels of ${peopleCount(people.labelled.length)} at the coordinator${kept}.`,
    clientsLine(run),
    `Tested on ${peopleCount(people.test.length)}.`,
  ];
}

function clientsLine(run: Run): string {
  const { study, result } = run;
  if (learnedFrom(study, stageOf(run), 'clients') === 'no') {
    return 'Nothing was learned at clients.';
  }
  const answered = result.clients.filter(({ rounds }) => rounds > 0);
  const windows = answered.reduce((sum, client) => sum + (client.windows ?? 0), 0);
  const withheld = answered.some((client) => client.windows === null)
    ? ', not counting numbers that were withheld'
    : '';
  return `Recordings of ${counted(answered.length, 'client')}, which stayed with them: ${counted(windows, 'window')}${withheld}.`;
}

function figuresText(run: Run): string {
  const comparison = comparisonOf(run);
  if (comparison?.final.stage !== stageOf(run)) {
    return 'This model was not evaluated.';
  }
  const { evaluation, onClients } = comparison.final;
  const defeat = defeatText(run, comparison);
  return [
    `On ${counted(evaluation.windows, 'window')} of ${peopleCount(run.study.people.test.length)}. ${intervalNote(evaluation)}`,
    table(
      ['Figure', 'Value'],
      figures.map((figure) => [figure.name, estimateOf(figure, evaluation)]),
    ),
    table(
      ['Activity', 'Windows', 'Precision', 'Recall', 'F1'],
      evaluation.classes.map(({ name, support, precision, recall, f1 }) => [
        plain(name),
        count(support),
        ...[precision, recall, f1].map(score),
      ]),
    ),
    ...(onClients
      ? [`On the clients' own people, whose labels no model saw: weighted F1 ${score(onClients.weightedF1)}.`]
      : []),
    ...(defeat === undefined ? [] : [defeat]),
  ].join('\n\n');
}

function privacyLines(run: Run): readonly string[] {
  const {
    study,
    result: { privacy },
  } = run;
  return [
    privacy
      ? `Differential privacy of each ${privacy.unit} among the clients: epsilon ${formatEpsilon(privacy.epsilon)} at delta ${privacy.delta}. It does not cover the people whose labels the coordinator has.`
      : 'No privacy budget: nothing bounds what the model reveals about one of the people from whom it has learned.',
    ...(learnedFrom(study, stageOf(run), 'clients') === 'no' ? [] : study.stages.flatMap(maskLine)),
  ];
}

function maskLine(stage: Stage): readonly string[] {
  if (stage.where === 'coordinator') {
    return [];
  }
  return stage.secureAggregation
    ? [`In the stage ${stage.name} updates were summed under masks: the coordinator saw no single one.`]
    : [`In the stage ${stage.name} the coordinator saw the updates of single clients.`];
}

function limitLines(run: Run): readonly string[] {
  const { test } = run.study.people;
  return [
    'Every window gets one of the activities above, also where it shows none of them.',
    `The figures are those of ${peopleCount(test.length)}, their sensors and the way they wore them. They say little about other sensors and other places on the body${test.length < FEW_PEOPLE ? ', and with so few people the intervals are too narrow' : ''}.`,
    ...weakest(comparisonOf(run)?.final.evaluation),
    'It was not tested for decisions about the health or the safety of people.',
  ];
}

/** With fewer test people the intervals are told to be too narrow (docs/metrics.md). */
const FEW_PEOPLE = 10;

function weakest(evaluation: Evaluation | undefined): readonly string[] {
  const known = (evaluation?.classes ?? []).flatMap(({ name, f1 }) => (f1 === null ? [] : [{ name, f1 }]));
  const [lowest] = known.toSorted((one, other) => one.f1 - other.f1);
  return lowest ? [`The activity that it recognises worst is ${plain(lowest.name)}: F1 ${score(lowest.f1)}.`] : [];
}

function peopleCount(people: number): string {
  return people === 1 ? '1 person' : `${count(people)} people`;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A name as text, whatever characters it has. */
function plain(name: string): string {
  return name.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|#&]/g, '\\$&');
}
