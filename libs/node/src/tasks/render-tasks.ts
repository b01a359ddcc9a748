/** Renders a finished multi-task training as one HTML file, which needs no network and no script. */

import type { TaskReport, TasksPlan } from '@gaitway/core/tasks';
import { count, counted, score } from '../report/format.js';
import { documentSection, factList, header, page, section, tiles } from '../report/page.js';
import { markup, type Markup } from '../report/markup.js';
import { lossesSection } from '../report/sections/losses.js';
import { modelsSection } from '../report/sections/stages.js';
import { table } from '../report/table.js';
import { transferTable } from './transfer-table.js';
import type { TasksResult } from './tasks-result.js';

const lossNote =
  'Training: mean over the epoch, each task with its weight, with dropout. Validation: after the epoch, without dropout, each task counted once, on windows that were held back. Losses of several tasks add up, so the drawings cannot be compared with each other.';

/** The report of a multi-task training. Every name in it is escaped, whatever the files contained. */
export function renderTasks(plan: TasksPlan, result: TasksResult): string {
  const models = result.models.map((model, index) => ({
    ...model,
    name: index === 0 ? model.tag : `${model.tag} alone`,
  }));
  return page(
    `${plan.name}: Gaitway tasks`,
    markup`${headline(plan, result)}
${section('Tasks', transferTable(result.tasks))}
${section('Labels', labelsTable(result))}
${lossesSection(models, lossNote)}
${modelsSection(models)}
${writtenTasks(plan, result)}`,
  );
}

function headline({ name }: TasksPlan, result: TasksResult): Markup {
  const { windows, tasks, testPeople, backend, seed } = result;
  return header({
    kind: 'Gaitway tasks',
    name,
    lead: `${counted(tasks.length, 'task')} learned together. ${verdictsOf(tasks)}`,
    content: markup`${tiles(
      tasks.map(({ task, figure, joint }) => ({ name: `${task}, ${figure}`, value: score(joint), role: 'final' })),
    )}
  ${factList([
    ['Backend', backend],
    ['Windows to learn from', count(windows.training)],
    ['To validate on', count(windows.validation)],
    ['To test on', count(windows.test)],
    ['Test people', count(testPeople.length)],
    ['Seed', String(seed)],
  ])}`,
  });
}

/**
 * Text such as `Beside training alone: no clear difference for 2 tasks, negative transfer for 1 task.`, or that no task
 * was trained alone.
 */
function verdictsOf(tasks: readonly TaskReport[]): string {
  const verdicts = tasks.flatMap(({ transfer }) => transfer?.verdict ?? []);
  if (verdicts.length === 0) {
    return 'None was trained alone, so what they do to each other is not known.';
  }
  const texts = [...new Set(verdicts)].map((verdict) => {
    const same = verdicts.filter((other) => other === verdict).length;
    return `${verdict} for ${counted(same, 'task')}`;
  });
  return `Beside training alone: ${texts.join(', ')}.`;
}

function writtenTasks(plan: TasksPlan, { training, gaitway, seed, testPeople }: TasksResult): Markup {
  return documentSection({
    title: 'Task file',
    note: markup`Digest <code>${training.digest}</code>, Gaitway ${gaitway}, seed ${seed}; test people: ${testPeople.join(', ')}`,
    summary: 'The whole task file, with every default filled in',
    document: plan,
  });
}

const sets = [
  { heading: 'To learn from', of: 'training' },
  { heading: 'To validate on', of: 'validation' },
  { heading: 'To test on', of: 'test' },
] as const;

function labelsTable({ windows, labels }: Pick<TasksResult, 'windows' | 'labels'>): Markup {
  return table({
    caption:
      'Windows with a label of the task, in at least one of its outputs, and windows that have labels of other tasks only.',
    groups: [{ heading: '', span: 1 }, ...sets.map(({ heading }) => ({ heading, span: 2 }))],
    columns: [
      { heading: 'Task', kind: 'text' },
      ...sets.flatMap(() => ['Present', 'Missing'].map((heading) => ({ heading, kind: 'number' as const }))),
    ],
    rows: Object.entries(labels).map(([task, present]) => [
      task,
      ...sets.flatMap(({ of }) => [count(present[of]), count(windows[of] - present[of])]),
    ]),
  });
}
