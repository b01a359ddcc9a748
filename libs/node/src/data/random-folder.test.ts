/** Random folders in random forms are read back to the sample. */

import { createRng, type Rng } from '@gaitway/core';
import { describe, expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import { collect } from '../testing/collect.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { readDataFolder } from './data-folder.js';

const FOLDERS = 150;
const PEOPLE = ['ann', 'bob_2', 'zoë', '07', 'x y'];
const ACTIVITIES = ['walking', 'sitting', ''];
const NAME_OF = { walking: 'w', sitting: '2' } as const;

/** How a folder is written. */
interface Form {
  readonly separator: string;
  readonly decimal: '.' | ',';
  readonly end: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'mark';
  readonly header: boolean;
  readonly quotes: boolean;
  readonly packed: boolean;
  readonly comment: boolean;
  readonly preamble: boolean;
  readonly coded: boolean;
  readonly unit: 'g' | 'mg';
  readonly timeUnit: 'ms' | 'us' | 'iso' | undefined;
}

function formOf(rng: Rng): Form {
  const one = <Value>(...values: readonly Value[]): Value => values[rng.integer(values.length)]!;
  const decimal = one('.', ',');
  const header = one(true, false);
  return {
    decimal,
    separator: decimal === ',' ? one(';', '\t', '|') : one(',', ';', '\t', '|', '  '),
    end: one('\n', '\r\n', '\r'),
    encoding: one('utf-8', 'utf-16le', 'mark'),
    header,
    quotes: one(true, false),
    packed: one(true, false),
    comment: one(true, false),
    preamble: header && one(true, false),
    coded: one(true, false),
    unit: one('g', 'mg'),
    timeUnit: one('ms', 'us', 'iso', undefined),
  };
}

interface Row {
  readonly milliseconds: number;
  readonly activity: string;
  /** In thousandths of g, so that both units have short texts. */
  readonly values: readonly number[];
}

function rowsOf(rng: Rng): readonly Row[] {
  let milliseconds = 1_700_000_000_000 + rng.integer(1_000_000);
  let activity = '';
  return Array.from({ length: 2 + rng.integer(60) }, () => {
    milliseconds += rng.integer(40) === 0 ? 60_000 : 1 + rng.integer(40);
    activity = rng.integer(10) === 0 ? ACTIVITIES[rng.integer(3)]! : activity;
    return { milliseconds, activity, values: [0, 1, 2].map(() => rng.integer(4001) - 2000) };
  });
}

function timeText({ milliseconds }: Row, { timeUnit }: Form): string {
  if (timeUnit === 'iso') {
    return new Date(milliseconds).toISOString();
  }
  return String(timeUnit === 'us' ? 1000 * milliseconds : milliseconds);
}

function cellsOf(row: Row, form: Form): readonly string[] {
  const label = row.activity === '' ? 'NaN' : row.activity;
  const code = row.activity === '' ? '0' : NAME_OF[row.activity as keyof typeof NAME_OF];
  const values = row.values.map((value) =>
    String(form.unit === 'mg' ? value : value / 1000).replace('.', form.decimal),
  );
  return ['7', form.coded ? code : label, timeText(row, form), ...values];
}

const COLUMNS = ['n', 'label', 'the time', 'acc x', 'acc y', 'acc z'];

function fileOf(rows: readonly Row[], form: Form): Uint8Array {
  const isPlain = !form.quotes && form.separator.trim() !== '';
  const written = (cells: readonly string[]): string =>
    cells.map((cell) => (isPlain ? cell : `"${cell}"`)).join(form.separator);
  const lines = [
    ...(form.preamble ? ['Made by a logger, with "quotes" and ; signs', ''] : []),
    ...(form.header ? [written(COLUMNS)] : []),
    ...rows.flatMap((row, at) => [...(form.comment && at % 7 === 3 ? ['# "a note'] : []), written(cellsOf(row, form))]),
  ];
  const text = `${form.encoding === 'utf-8' ? '' : '\uFEFF'}${lines.join(form.end)}${form.end}`;
  const bytes = Buffer.from(text, form.encoding === 'utf-16le' ? 'utf16le' : 'utf8');
  return form.packed ? gzipSync(bytes) : bytes;
}

function manifestOf(form: Form): string {
  const column = (place: number): string | number => (form.header ? COLUMNS[place]! : place + 1);
  const names = form.coded && { names: { w: 'walking', '2': 'sitting', '0': null } };
  return stringify({
    path: `data/{person}.csv${form.packed ? '.gz' : ''}`,
    activity: { column: column(1), ...names },
    ...(form.timeUnit === undefined ? { rateHz: 25 } : { time: { column: column(2), unit: form.timeUnit } }),
    unit: form.unit,
    channels: { x: column(3), y: column(4), z: column(5) },
    ...(!form.header && { header: 'none' }),
    ...(form.decimal === ',' && { decimal: ',' }),
    ...(form.comment && { comment: '#' }),
  });
}

describe('a random folder', () => {
  test(`in a random form is read back: ${FOLDERS} folders`, async () => {
    for (let seed = 1; seed <= FOLDERS; seed++) {
      const rng = createRng(seed);
      const form = formOf(rng);
      const people = PEOPLE.slice(0, 1 + rng.integer(PEOPLE.length)).map((who) => [who, rowsOf(rng)] as const);
      const files = people.map(([who, rows]) => [`data/${who}.csv${form.packed ? '.gz' : ''}`, fileOf(rows, form)]);
      const folder = await temporaryFolder({
        'gaitway.yaml': manifestOf(form),
        ...(Object.fromEntries(files) as object),
      });
      const read = await collect(readDataFolder(folder));
      const context = JSON.stringify({ seed, form });
      expect(new Set(read.map(({ subject }) => subject)), context).toEqual(new Set(people.map(([who]) => who)));
      for (const [who, rows] of people) {
        const recording = read.find(({ subject }) => subject === who)!;
        const factor = form.unit === 'mg' ? 1e-3 : 1;
        const samples = rows.flatMap(({ values }) =>
          values.map((value) => (form.unit === 'mg' ? value : value / 1000) * factor),
        );
        expect(recording.samples, context).toEqual(Float32Array.from(samples));
        const seconds = rows.map(({ milliseconds }) => milliseconds / 1000);
        const times = 'seconds' in recording.timing ? [...recording.timing.seconds] : seconds;
        expect(
          times.every((time, at) => Math.abs(time - seconds[at]!) < 1e-6),
          context,
        ).toBe(true);
        const labels = rows.map((_, at) => recording.labels?.names[recording.labels.ofSample[at]!] ?? '');
        expect(labels, context).toEqual(rows.map(({ activity }) => activity));
      }
    }
  });
});
