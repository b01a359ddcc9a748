/** Turns the cells of a label file into the targets of a head. */

import { cellError, textColumn } from '../data/layouts/csv-columns.js';
import { type CsvHeader, type CellRow } from '../data/layouts/csv-table.js';
import { formatChoices, didYouMean } from '../input-text.js';
import type { TargetForm } from '../model/head-kinds/head-kind-traits.js';
import { headKinds } from '../model/head-kinds/head-kinds.js';
import type { TaskKind } from './task-plan.js';

/** The properties of a task that its cells depend on. */
export interface TargetColumns {
  readonly kind: TaskKind;
  readonly outputs: readonly string[];
  /** Names of its columns in the file. */
  readonly columns: readonly string[];
}

interface Cell {
  readonly text: string;
  readonly source: string;
  readonly line: number;
  readonly column: string;
}

/**
 * Reads the targets of a task from rows, shape [output]: one-hot classes, 0 or 1, or numbers, by its kind. An empty
 * cell or `?` is a missing label: NaN.
 *
 * @returns A function that throws InvalidInput, with line and column, for a cell with any other text.
 * @throws InvalidInput when a column is missing.
 */
export function targetReader(header: CsvHeader, task: TargetColumns): (row: CellRow) => Float32Array {
  const { source } = header;
  const cells = task.columns.map((column) => ({ column, textOf: textColumn(header, column) }));
  const targetsOf = readers[headKinds[task.kind].targets];
  return (row) =>
    Float32Array.from(
      cells.flatMap(({ column, textOf }) => {
        const text = textOf(row);
        return targetsOf({ text, source, line: row.line, column }, task.outputs);
      }),
    );
}

const readers: Readonly<Record<TargetForm, (cell: Cell, outputs: readonly string[]) => readonly number[]>> = {
  classes: (cell, classes) => {
    if (isMissing(cell)) {
      return classes.map(() => NaN);
    }
    if (!classes.includes(cell.text)) {
      throw refused(cell, `${formatChoices(classes)} or ?`, didYouMean(cell.text, classes));
    }
    return classes.map((name) => (name === cell.text ? 1 : 0));
  },
  'yes-or-no': (cell) => {
    if (!isMissing(cell) && cell.text !== '0' && cell.text !== '1') {
      throw refused(cell, '1 (yes), 0 (no) or ?');
    }
    return [isMissing(cell) ? NaN : Number(cell.text)];
  },
  numbers: (cell) => {
    const value = Number(cell.text);
    if (!isMissing(cell) && !Number.isFinite(value)) {
      throw refused(cell, 'a number or ?');
    }
    return [isMissing(cell) ? NaN : value];
  },
};

function isMissing({ text }: Cell): boolean {
  return text === '' || text === '?';
}

function refused({ text, source, line, column }: Cell, expected: string, hint = ''): Error {
  return cellError(source, line, column, `expected ${expected}, found "${text}"${hint}`);
}
