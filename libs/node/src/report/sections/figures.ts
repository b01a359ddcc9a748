/**
 * The figures of teacher and final model side by side: on the test people, beside classical methods that learned from
 * the same labels, and on the people of the clients.
 */

import type { Evaluation } from '@gaitway/core';
import { skippedBaselines } from '@gaitway/core/baseline';
import type { RunSoFar } from '../../run/read-run.js';
import { coordinate } from '../charts/chart.js';
import { baselineFigures, columnsOf, type Comparison } from '../comparison.js';
import { estimateOf, figures, intervalNote } from '../figures.js';
import { counted, points } from '../format.js';
import { markup, type Markup, nothing } from '../markup.js';
import { section } from '../page.js';
import { table } from '../table.js';

export function figuresSection(comparison: Comparison): Markup {
  const onClients = onClientsOf(comparison);
  return section(
    comparison.teacher ? `Teacher and ${comparison.role.toLowerCase()}` : comparison.role,
    markup`${figuresTable(comparison, testNote(comparison.final.evaluation))}
  ${onClients ? figuresTable(onClients, clientNote(onClients.final.evaluation)) : nothing}`,
  );
}

function testNote(evaluation: Evaluation): string {
  return `On ${counted(evaluation.windows, 'test window')}. ${intervalNote(evaluation)}`;
}

function clientNote(evaluation: Evaluation): string {
  const who = `${counted(evaluation.windows, 'window')} of people of the clients, whose labels no model saw`;
  return `On ${who}. ${intervalNote(evaluation, 'people')}`;
}

/** The same models on the clients' people. */
function onClientsOf({ teacher, final, role }: Comparison): Comparison | undefined {
  return (
    final.onClients && {
      role,
      final: { stage: final.stage, evaluation: final.onClients },
      ...(teacher?.onClients && { teacher: { stage: teacher.stage, evaluation: teacher.onClients } }),
    }
  );
}

function figuresTable(comparison: Comparison, note: string): Markup {
  const { teacher, final, role } = comparison;
  if (!teacher) {
    return table({
      caption: note,
      columns: [
        { heading: 'Figure', kind: 'text' },
        { heading: final.stage, kind: 'estimate' },
      ],
      rows: figures.map((figure) => [figure.name, estimateOf(figure, final.evaluation)]),
    });
  }
  return table({
    caption: `${note} Differences in points; a point is 0.01. Ring: teacher; disc: ${role.toLowerCase()}.`,
    columns: [
      { heading: 'Figure', kind: 'text' },
      ...columnsOf(comparison).map(({ heading }) => ({ heading, kind: 'estimate' as const })),
      { heading: 'Difference', kind: 'number' },
      { heading: 'From 0 to 1', kind: 'text' },
    ],
    rows: figures.map((figure) => {
      const [before, after] = [figure.of(teacher.evaluation), figure.of(final.evaluation)];
      const cells = [estimateOf(figure, teacher.evaluation), estimateOf(figure, final.evaluation)];
      return [figure.name, ...cells, points(before, after), dumbbell(before, after)];
    }),
  });
}

const WIDTH = 420;
const HEIGHT = 16;
const MARGIN = 6;

/** The teacher as a ring, the final model as a disc, their difference as a bar between them. */
export function dumbbell(teacher: number | null, final: number | null): Markup {
  const middle = HEIGHT / 2;
  const place = (value: number): number => coordinate(MARGIN + Math.max(0, value) * (WIDTH - 2 * MARGIN));
  const bar =
    teacher === null || final === null
      ? nothing
      : markup`<path class="span" d="M${place(teacher)} ${middle}H${place(final)}" />`;
  return markup`<svg class="dumbbell" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" aria-hidden="true">
    <path class="grid" d="M${MARGIN} ${middle}H${WIDTH - MARGIN}M${MARGIN} 4v8M${WIDTH / 2} 4v8M${WIDTH - MARGIN} 4v8" />${bar}
    ${teacher === null ? nothing : markup`<circle class="ring" cx="${place(teacher)}" cy="${middle}" r="4.5" />`}
    ${final === null ? nothing : markup`<circle class="disc" cx="${place(final)}" cy="${middle}" r="5" />`}
  </svg>`;
}

/** No markup where no baseline ran. */
export function baselinesSection({ study, result }: RunSoFar, comparison: Comparison): Markup {
  const { baselines = [] } = result;
  if (baselines.length === 0) {
    return nothing;
  }
  const models = columnsOf(comparison).map(({ heading, evaluation }) => ({ name: heading, evaluation }));
  const skipped = skippedBaselines({ channels: study.sensors.channels.length });
  const missing =
    skipped.length > 0 ? ` Without ${skipped.join(', ')}: they need three channels, the axes of a sensor.` : '';
  return section(
    'Baselines',
    table({
      caption: `Classical methods that learned from the labelled windows alone, on the same test windows. ${intervalNote(comparison.final.evaluation)}${missing}`,
      columns: [
        { heading: 'Method', kind: 'text' },
        ...baselineFigures.map(({ name }) => ({ heading: name, kind: 'estimate' as const })),
      ],
      rows: [...models, ...baselines].map(({ name, evaluation }) => [
        name,
        ...baselineFigures.map((figure) => estimateOf(figure, evaluation)),
      ]),
    }),
  );
}
