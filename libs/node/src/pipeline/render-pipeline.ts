/** Renders a finished pipeline as one HTML file, which needs no network and no script. */

import { acceptedBars } from '../report/sections/accepted.js';
import { acceptedOf, type AcceptedOf } from '../report/charts/stacked-bars.js';
import type { HeadedEvaluation } from '../report/comparison.js';
import { count, counted, countOrWithheld, duration, score } from '../report/format.js';
import { documentSection, factList, folded, header, page, section, tiles } from '../report/page.js';
import { markup, type Markup, nothing } from '../report/markup.js';
import { calibrationSection, confusionSection } from '../report/sections/classes.js';
import { lossesSection } from '../report/sections/losses.js';
import { modelsSection } from '../report/sections/stages.js';
import { type Column, table } from '../report/table.js';
import { activitiesTable, figuresTable, learningTable, type NamedStep, namedSteps, stepsTable } from './step-tables.js';
import type { PipelineResult } from './pipeline-folder.js';
import type { PipelineFile } from './read-pipeline-file.js';

const lossNote =
  'Training: mean over the epoch, each head with its weight, with dropout. Validation: after the epoch, each head counted once, without dropout, on windows that were held back.';

/** The report of a pipeline's run. Every name in it is escaped, whatever the files contained. */
export function renderPipeline(file: Pick<PipelineFile, 'pipeline' | 'written'>, result: PipelineResult): string {
  const steps = namedSteps(file.pipeline, result.steps);
  const trainings = steps.flatMap(({ name, line }) => (line.training ? [{ name, ...line.training }] : []));
  const models = steps.flatMap(({ name, line }) => (line.model ? [{ name, ...line.model }] : []));
  const evaluated = steps.flatMap(({ name, line }) =>
    line.eval_results ? [{ heading: name, evaluation: line.eval_results }] : [],
  );
  return page(
    `${result.pipeline.tag}: Gaitway pipeline`,
    markup`${headline(evaluated, result)}
${section('Steps', stepsTable(steps))}
${lossesSection(trainings, lossNote)}
${evaluationSections(evaluated)}
${acceptedSection(steps, result.activities)}
${section('What learned', learningTable(steps))}
${modelsSection(models)}
${writtenPipeline(file.written, result)}`,
  );
}

function headline(models: readonly HeadedEvaluation[], result: PipelineResult): Markup {
  return header({
    kind: 'Gaitway pipeline',
    name: result.pipeline.tag,
    lead: leadOf(models, result),
    content: markup`${tiles(
      models.map(({ heading, evaluation }) => ({
        name: `${heading}, weighted F1`,
        value: score(evaluation.weightedF1),
        role: 'final',
      })),
    )}
  ${factList(factsOf(result))}`,
  });
}

/** Text such as `4 steps, 2 of them evaluated on 1,455 test windows of 5 people.` */
function leadOf(models: readonly HeadedEvaluation[], { steps, windows, testPeople }: PipelineResult): string {
  const all = counted(steps.length, 'step');
  if (models.length === 0) {
    return `${all}, none of them evaluated.`;
  }
  const which = models.length === steps.length ? '' : ` ${count(models.length)} of them`;
  const people = testPeople.length === 1 ? '1 person' : `${count(testPeople.length)} people`;
  return `${all},${which} evaluated on ${counted(windows.test, 'test window')} of ${people}.`;
}

function factsOf(result: PipelineResult): readonly (readonly [name: string, value: string])[] {
  const { windows, windowsPerClass, steps, backend, seed, testPeople } = result;
  return [
    ['Duration', duration(steps.reduce((sum, { seconds }) => sum + seconds, 0))],
    ['Backend', backend],
    ['Labelled windows', count(windows.labelled)],
    ...(windowsPerClass === undefined ? [] : [['At most per class', count(windowsPerClass)] as const]),
    ['To validate on', count(windows.validation)],
    ['Unlabelled', count(windows.unlabelled)],
    ['Test windows', count(windows.test)],
    ['Test people', count(testPeople.length)],
    ['Seed', String(seed)],
  ];
}

function evaluationSections(models: readonly HeadedEvaluation[]): Markup {
  return models.length === 0
    ? nothing
    : markup`${section('Figures', figuresTable(models))}
${section('Activities', activitiesTable(models))}
${confusionSection(models)}
${calibrationSection(models)}`;
}

function writtenPipeline(written: unknown, { pipeline, gaitway, seed, fineTune, testPeople }: PipelineResult): Markup {
  const options = `seed ${seed}, --fine-tune ${fineTune}; test people: ${testPeople.join(', ')}`;
  return documentSection({
    title: 'Pipeline',
    note: markup`Digest <code>${pipeline.digest}</code>, Gaitway ${gaitway}, ${options}`,
    summary: 'The whole pipeline',
    document: written,
  });
}

/** The windows about which the teachers of the steps were confident enough. No markup where no step learned from one. */
function acceptedSection(steps: readonly NamedStep[], activities: readonly string[]): Markup {
  const bars = steps.flatMap(({ name, line }): AcceptedOf[] => {
    const selection = line.training?.selection;
    return selection ? [{ name, windows: selection.windows, accepted: selection.accepted }] : [];
  });
  return bars.length === 0
    ? nothing
    : section(
        'Accepted windows',
        markup`<p class="note">Windows that the teacher labelled, by the activity it gave those that were accepted.</p>
  ${acceptedBars({ title: 'Accepted windows of each step', bars, activities })}
  ${folded('The same as a table', acceptedTable(bars, activities))}`,
      );
}

function acceptedTable(bars: readonly AcceptedOf[], activities: readonly string[]): Markup {
  const numbers = (heading: string): Column => ({ heading, kind: 'number' });
  return table({
    caption: 'Accepted windows of each step by activity.',
    columns: [{ heading: 'Step', kind: 'text' }, ...['Windows', ...activities].map(numbers)],
    rows: bars.map((bar) => [
      bar.name,
      countOrWithheld(bar.windows),
      ...activities.map((activity) => countOrWithheld(acceptedOf(bar, activity))),
    ]),
  });
}
