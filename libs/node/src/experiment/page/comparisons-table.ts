/** The comparisons of methods, with intervals for how far they depend on who was tested. */

import type { PairedDifference } from '@gaitway/core';
import { NO_FIGURE } from '../../report/format.js';
import type { Content, Markup } from '../../report/markup.js';
import { table, type Column } from '../../report/table.js';
import { differenceText, errorRemovedText } from '../figures/comparison-text.js';
import type { Comparison } from '../figures/comparisons.js';

const text = (heading: string): Column => ({ heading, kind: 'text' });
const number = (heading: string): Column => ({ heading, kind: 'number' });

/** A row for each pair and label budget, and for test people and the clients' people. */
export function comparisonsTable(comparisons: readonly Comparison[]): Markup {
  return table({
    caption:
      'Weighted F1 of a method less that of the other in the same cells, mean over the cells, and the share of the' +
      " other's error (1 - weighted F1, summed over the cells) that is gone. In brackets: 95% intervals by resampling" +
      ' people, each with all of their cells.',
    columns: [
      text('Method'),
      text('Against'),
      number('Windows per class'),
      text('People'),
      number('Number'),
      number('Cells'),
      number('Difference'),
      number('Error removed'),
    ],
    rows: comparisons.flatMap((comparison) => [
      row(comparison, 'test people', comparison.test),
      ...(comparison.clients ? [row(comparison, "clients' people", comparison.clients)] : []),
    ]),
  });
}

function row(
  { method, against, windowsPerClass }: Comparison,
  who: string,
  found: PairedDifference | undefined,
): readonly Content[] {
  return [
    method,
    against,
    windowsPerClass ?? NO_FIGURE,
    who,
    found?.people ?? NO_FIGURE,
    found?.tests ?? NO_FIGURE,
    differenceText(found),
    errorRemovedText(found),
  ];
}
