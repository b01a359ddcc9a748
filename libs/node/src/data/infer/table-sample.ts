/** The beginning of a data file as a table, whose form is found out from it. */

import { InvalidInput } from '@gaitway/core';
import type { CsvManifest } from '@gaitway/core/data';
import { arrayReader } from '../containers/array-file.js';
import { type FolderFiles, wholeFile } from '../folder-files.js';

/** What was found of a file. */
export interface TableSample {
  /** Keys of a manifest for the form of the table. */
  readonly form: Pick<CsvManifest, 'header' | 'separator' | 'decimal' | 'rowEnd'>;
  /** Names of the columns, or their numbers where the file has no header. */
  readonly columns: readonly (string | number)[];
  /** The first rows, as text with decimal points. */
  readonly rows: readonly (readonly string[])[];
}

/** As many bytes of a text are looked at, and as many rows of any file. */
const [SAMPLE_BYTES, SAMPLE_ROWS] = [2 ** 18, 2000];

/**
 * Looks at the beginning of a file.
 *
 * @throws InvalidInput when it cannot be read, or is no table of several columns.
 */
export async function sampleTable(files: FolderFiles, path: string): Promise<TableSample> {
  const arrays = await arrayReader(path)?.(await wholeFile(files, path), path);
  if (arrays) {
    return sampleArrays(arrays);
  }
  const text = await beginning(files, path);
  const sample = /\.(json|jsonl|ndjson)(\.gz)?$/i.test(path) ? sampleJson(text) : sampleText(text);
  if (!sample) {
    throw new InvalidInput(path, [{ path: '', message: 'expected a table of two columns or more, found none' }]);
  }
  return sample;
}

async function beginning(files: FolderFiles, path: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of files.bytes(path)) {
    pieces.push(Uint8Array.from(piece.subarray(0, SAMPLE_BYTES - size)));
    size += piece.length;
    if (size >= SAMPLE_BYTES) {
      break;
    }
  }
  const bytes = Buffer.concat(pieces);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

const separators = { ',': ',', ';': ';', tab: '\t', '|': '|', blanks: / +|\t+/ } as const;

/** The table of the separator with which most lines below each other have the same number of cells. */
function sampleText(text: string): TableSample | undefined {
  const lines = text.split(/\r\n|\r|\n/).slice(0, SAMPLE_ROWS);
  const whole = lines.slice(0, -1).filter((line) => line.trim() !== '');
  const candidates = Object.entries(separators).flatMap(([name, sign]) => {
    const cells = whole.map((line) => splitLine(line, sign));
    const width = cells.at(-1)?.length ?? 0;
    const first = cells.findLastIndex(({ length }) => length !== width) + 1;
    return width > 1 ? [{ name: name as keyof typeof separators, cells: cells.slice(first) }] : [];
  });
  const [best] = candidates.toSorted(
    (one, other) =>
      other.cells.length - one.cells.length || (other.cells[0]?.length ?? 0) - (one.cells[0]?.length ?? 0),
  );
  return best && tableOf(best.cells, best.name);
}

function splitLine(line: string, sign: string | RegExp): readonly string[] {
  const parts = line.trim().match(/"(?:[^"]|"")*"|[^"]+/g) ?? [];
  // What is in quotes holds no separators.
  const marked = parts.map((part) => (part.startsWith('"') ? part.slice(1, -1).replaceAll(/[,;\t| ]/g, '_') : part));
  return marked
    .join('')
    .split(sign)
    .map((cell) => cell.trim());
}

function tableOf(cells: readonly (readonly string[])[], separator: keyof typeof separators): TableSample | undefined {
  const decimal = separator !== ',' && cells.flat().some((cell) => /^[-+]?\d+,\d+$/.test(cell));
  const rowEnd = cells.length > 1 && cells.slice(1).every((row) => row.at(-1)?.endsWith(';'));
  const plain = cells.map((row) =>
    row
      .map((cell) => (rowEnd ? cell.replace(/;$/, '') : cell))
      .map((cell) => (decimal ? cell.replace(',', '.') : cell)),
  );
  const [first = [], ...others] = plain;
  const hasHeader = !first.some((cell) => isNumber(cell)) && others.length > 0;
  return {
    form: {
      ...(!hasHeader && { header: 'none' as const, separator }),
      ...(decimal && { decimal: ',' as const }),
      ...(rowEnd && { rowEnd: ';' }),
    },
    columns: hasHeader ? first : first.map((_, index) => index + 1),
    rows: hasHeader ? others : plain,
  };
}

function sampleJson(text: string): TableSample | undefined {
  const objects = [...text.matchAll(/\{[^{}]*\}/g)].flatMap(([object]) => {
    try {
      return [JSON.parse(object) as Readonly<Record<string, unknown>>];
    } catch {
      return [];
    }
  });
  const columns = Object.keys(objects[0] ?? {});
  const rows = objects.slice(0, SAMPLE_ROWS).map((object) => columns.map((name) => cellOf(object[name])));
  return columns.length > 1 ? { form: {}, columns, rows } : undefined;
}

/** Objects and lists within are left to the user. */
function cellOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function sampleArrays(arrays: Awaited<ReturnType<NonNullable<ReturnType<typeof arrayReader>>>>): TableSample {
  const longest = Math.max(...arrays.map(({ shape }) => shape[0] ?? 1));
  const columns = arrays
    .filter(({ shape }) => shape.length <= 2 && [longest, 1].includes(shape[0] ?? 1))
    .flatMap(({ name, shape, values }) => {
      const width = shape[1] ?? 1;
      return Array.from({ length: width }, (_, place) => ({
        name: width === 1 ? name : name === '' ? place + 1 : `${name}.${place + 1}`,
        at: (row: number): string => String(values[(values.length === width ? 0 : row * width) + place] ?? ''),
      }));
    });
  const rows = Array.from({ length: Math.min(longest, SAMPLE_ROWS) }, (_, row) => columns.map(({ at }) => at(row)));
  return { form: {}, columns: columns.map(({ name }) => name), rows };
}

/** Whether a cell is a decimal number. */
export function isNumber(cell: string): boolean {
  return /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(cell);
}
