/** Folders of the kinds that people have: each is read to the sample, refused with its reason, or read and suspect. */

import { createRng, InvalidInput, type RawRecording } from '@gaitway/core';
import { chmod, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { collect } from '../testing/collect.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { readDataFolder } from './data-folder.js';
import { inspectDataFolder } from './inspect-data-folder.js';

const plan = { rateHz: 50, window: 100, step: 50 };
const MANIFEST = "path: '{person}.csv'\nunit: g\nrateHz: 50\nchannels: { x: x, y: y, z: z }\n";
const TIMED = MANIFEST.replace('rateHz: 50', 'time: { column: t, unit: ms }');

/** Rows of a person who sways; each number has at most four decimals. */
function rowsOf(count: number, seed = 1): readonly (readonly number[])[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, (_, row) =>
    [0.1 + 0.2 * Math.sin(row / 9), 0.95 + 0.2 * Math.cos(row / 9), 0.1].map(
      (value) => Math.round(1e4 * (value + 0.01 * rng.normal())) / 1e4,
    ),
  );
}

const ROWS = rowsOf(500);
const LINES = ROWS.map((row) => row.join(','));
const PLAIN = `x,y,z\n${LINES.join('\n')}\n`;
const SAMPLES = Float32Array.from(ROWS.flat());

type Files = Readonly<Record<string, string | Uint8Array>>;

async function read(files: Files): Promise<readonly RawRecording[]> {
  return collect(readDataFolder(await temporaryFolder(files)));
}

async function refusal(files: Files): Promise<string> {
  const folder = await temporaryFolder(files);
  const error: unknown = await collect(readDataFolder(folder)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InvalidInput);
  return (error as Error).message.replaceAll(folder, 'DIR');
}

/** The suspects of a folder, as `kind: source reason`. */
async function suspects(files: Files): Promise<readonly string[]> {
  const inspection = await inspectDataFolder(await temporaryFolder(files), { plan });
  expect(inspection.unreadable).toEqual([]);
  return inspection.suspects.map(({ kind, source, reason }) => `${kind}: ${source} ${reason}`);
}

/** The kinds of suspects of a folder. */
async function kinds(files: Files): Promise<readonly string[]> {
  return [...new Set((await suspects(files)).map((text) => text.split(':')[0] ?? ''))];
}

/** A file of rows with a time in milliseconds each. */
function timed(rows: readonly (readonly number[])[], timeOf: (row: number) => number | string): string {
  return `t,x,y,z\n${rows.map((row, index) => [timeOf(index), ...row].join(',')).join('\n')}\n`;
}

describe('a file is read to the sample', () => {
  const utf16 = (text: string): Uint8Array => Buffer.from(`\uFEFF${text}`, 'utf16le');
  test.each<[string, string | Uint8Array]>([
    ['as it should be', PLAIN],
    ['with a byte order mark and CRLF', `\uFEFF${PLAIN.replaceAll('\n', '\r\n')}`],
    ['with a header that ends otherwise than the rows', PLAIN.replace('\n', '\r\n')],
    ['with rows that end otherwise than the header', `x,y,z\n${LINES.join('\r\n')}\r\n`],
    ['with a carriage return at each end', PLAIN.replaceAll('\n', '\r')],
    ['with one line that ends otherwise', `x,y,z\r\n${LINES.join('\r\n')}\n`],
    ['with blank lines and lines of blanks', `\n${PLAIN}\n   \n\t\n`],
    ['with blanks between cells', PLAIN.replaceAll(',', '  ')],
    ['with tabs', PLAIN.replaceAll(',', '\t')],
    [
      'with semicolons, in a header that has commas in a name',
      PLAIN.replaceAll(',', ';')
        .replace('x;', '"a,b,c";x;')
        .replaceAll('\n', '\n9;')
        .replace('9;"', '"')
        .replace(/9;$/, ''),
    ],
    ['in quotes', PLAIN.replace(/[^,\n]+/g, '"$&"')],
    ['with lines of comments before the header', `# device: X\n# 50 Hz, really\n${PLAIN}`],
    ['with a header that is a comment', `# ${PLAIN}`],
    ['with a logger’s words before the header', `---- Made by "Logger"; v1.2, at 50 Hz ----\nSerial: 9\n\n${PLAIN}`],
    ['in UTF-16, as spreadsheets write it', utf16(PLAIN)],
    ['in big-endian UTF-16', Buffer.from(utf16(PLAIN)).swap16()],
    ['with numbers with exponents', PLAIN.replace(/\d+\.\d+/g, (text) => Number(text).toExponential().toUpperCase())],
    ['with a column of line numbers', PLAIN.replaceAll('\n', '\n7,').replace(/^/, ',').replace(/7,$/, '')],
    ['with a comma at the end of every line', PLAIN.replaceAll('\n', ',\n')],
  ])('%s', async (_, text) => {
    const [recording, ...others] = await read({ 'gaitway.yaml': MANIFEST, 'ann.csv': text });
    expect(others).toEqual([]);
    expect(recording).toMatchObject({ subject: 'ann', source: 'ann.csv', samples: SAMPLES });
  });

  test.each<[string, string, string]>([
    ['a decimal comma', "decimal: ','", PLAIN.replaceAll(',', ';').replaceAll('.', ',')],
    ['comments between rows', "comment: '#'", PLAIN.replaceAll('\n', '\n# "a note\n')],
    ['a separator that ends only the rows', "rowEnd: ','", PLAIN.replaceAll('\n', ',\n').replace(',\n', '\n')],
    ['a sign that ends the rows', "rowEnd: ';'", PLAIN.replaceAll('\n', ';\n').replace(';\n', '\n')],
    ['a header in a line that is named', 'header: 3', `x,y,z\n1,2,3\n${PLAIN}`],
    ['units below the header', 'firstRow: 3', PLAIN.replace('\n', '\ng,g,g\n')],
    ['Latin-1', 'encoding: latin1', PLAIN],
    ['a header twice, set aside', 'onBadRow: gap', PLAIN.replace(/\n$/, '\nx,y,z\n')],
  ])('with %s', async (_, key, text) => {
    const recordings = await read({ 'gaitway.yaml': `${MANIFEST}${key}\n`, 'ann.csv': text });
    expect(recordings.map(({ samples }) => samples)).toEqual([SAMPLES]);
  });

  test('without a header, by the numbers of its columns', async () => {
    const manifest = MANIFEST.replace('{ x: x, y: y, z: z }', '{ x: 2, y: 3, z: 4 }\nheader: none');
    for (const separator of [',', ' ', '\t', ';']) {
      const text = LINES.map((line, row) => `${row},${line}\n`.replaceAll(',', separator)).join('');
      const [recording] = await read({ 'gaitway.yaml': manifest, 'ann.csv': text });
      expect(recording?.samples).toEqual(SAMPLES);
    }
  });

  test('packed with gzip, where the path names it so', async () => {
    const manifest = MANIFEST.replace('.csv', '.csv.gz');
    const [recording] = await read({ 'gaitway.yaml': manifest, 'ann.csv.gz': gzipSync(PLAIN) });
    expect(recording).toMatchObject({ subject: 'ann', samples: SAMPLES });
    const cut = gzipSync(PLAIN).subarray(0, 900);
    expect(await refusal({ 'gaitway.yaml': manifest, 'ann.csv.gz': cut })).toBe(
      'ann.csv.gz: expected a file, but its gzip data end too early: it was cut off',
    );
    expect(await refusal({ 'gaitway.yaml': manifest, 'ann.csv.gz': PLAIN })).toMatch(/it is no valid gzip file/);
  });

  test.each([
    ['mg', (value: number) => 1000 * value, 'mg'],
    ['counts', (value: number) => 16384 * value, '{ countsPerG: 16384 }'],
  ])('in %s', async (_, scale, unit) => {
    const text = `x,y,z\n${ROWS.map((row) => row.map(scale).join(',')).join('\n')}\n`;
    const [recording] = await read({ 'gaitway.yaml': MANIFEST.replace('unit: g', `unit: ${unit}`), 'ann.csv': text });
    expect(recording?.samples.every((value, at) => Math.abs(value - SAMPLES[at]!) < 1e-6)).toBe(true);
  });

  test('as a sum of columns, such as gravity and the rest', async () => {
    const manifest = MANIFEST.replace('x: x', 'x: [gx, ux]');
    const text = `gx,ux,y,z\n${ROWS.map(([x, y, z]) => [x! - 0.5, 0.5, y, z].join(',')).join('\n')}\n`;
    const [recording] = await read({ 'gaitway.yaml': manifest, 'ann.csv': text });
    expect(recording?.samples.every((value, at) => Math.abs(value - SAMPLES[at]!) < 1e-6)).toBe(true);
  });
});

describe('time stamps', () => {
  const secondsOf = async (manifest: string, text: string): Promise<readonly number[]> => {
    const [recording] = await read({ 'gaitway.yaml': manifest, 'ann.csv': text });
    return recording && 'seconds' in recording.timing ? [...recording.timing.seconds] : [];
  };
  const three = rowsOf(3);

  test('are read as dates, with a zone or without', async () => {
    const manifest = TIMED.replace('unit: ms', 'unit: iso');
    const dates = ['2024-02-29T12:30:00.020+01:00', '2024-02-29 11:30:00.04', '2024-02-29T11:30:01Z'];
    // `date -u -d 2024-02-29T11:30:00Z +%s` prints 1709206200.
    expect(
      await secondsOf(
        manifest,
        timed(three, (row) => dates[row]!),
      ),
    ).toEqual([1709206200.02, 1709206200.04, 1709206201]);
    for (const wrong of ['2023-02-29 11:30:00', '2024-13-01 00:00:00', '2024-01-01 24:00:00', '29.02.2024 11:30:00']) {
      const text = timed(three, () => wrong);
      expect(await refusal({ 'gaitway.yaml': manifest, 'ann.csv': text })).toContain(`found "${wrong}"`);
    }
    expect(await refusal({ 'gaitway.yaml': TIMED, 'ann.csv': timed(three, (row) => dates[row]!) })).toContain(
      'line 2, column "t": expected a number in ms, found a date (write unit: iso)',
    );
  });

  test('that repeat are refused, or read as the manifest says', async () => {
    const text = 't,x,y,z\n0,0,1,0\n20,0,1,0\n20,2,3,2\n40,0,1,0\n';
    const files = (rule: string): Files => ({
      'gaitway.yaml': TIMED.replace('unit: ms }', `unit: ms, duplicates: ${rule} }`),
      'ann.csv': text,
    });
    expect(await refusal(files('refuse'))).toContain('line 4, column "t": expected a later time');
    const [first] = await read(files('first'));
    expect([...first!.samples]).toEqual([0, 1, 0, 0, 1, 0, 0, 1, 0]);
    const [mean] = await read(files('mean'));
    expect([...mean!.samples]).toEqual([0, 1, 0, 1, 2, 1, 0, 1, 0]);
    const [spread] = await read(files('spread'));
    expect(spread!.samples).toHaveLength(12);
    expect(spread!.timing).toEqual({ seconds: Float64Array.of(0, 0.02, 0.03, 0.04) });
  });

  test('that go back are refused, or put in order', async () => {
    const text = timed(rowsOf(5), (row) => [0, 20, 60, 40, 80][row]!);
    expect(await refusal({ 'gaitway.yaml': TIMED, 'ann.csv': text })).toContain('write unordered: sort');
    const [sorted] = await read({
      'gaitway.yaml': TIMED.replace('unit: ms }', 'unit: ms, unordered: sort }'),
      'ann.csv': text,
    });
    const order = [0, 1, 3, 2, 4];
    expect(sorted?.samples).toEqual(Float32Array.from(order.flatMap((row) => rowsOf(5)[row]!)));
    expect(sorted?.timing).toEqual({ seconds: Float64Array.from([0, 0.02, 0.04, 0.06, 0.08].map((s) => s)) });
  });
});

test('rows are not put in order where a clock begins again, or two have the same time then', async () => {
  const manifest = TIMED.replace('unit: ms }', 'unit: ms, unordered: sort }');
  const again = timed(ROWS, (row) => (row < 250 ? 20 * row : 20 * (row - 250) + 7));
  expect(await refusal({ 'gaitway.yaml': manifest, 'ann.csv': again })).toContain(
    'found two parts of 50 rows or more at the same time',
  );
  const swapped = timed(ROWS, (row) => 20 * ((row + 250) % 500));
  const [sorted] = await read({ 'gaitway.yaml': manifest, 'ann.csv': swapped });
  expect(sorted?.samples).toEqual(Float32Array.from([...ROWS.slice(250), ...ROWS.slice(0, 250)].flat()));
  const same = timed(rowsOf(4), (row) => [0, 40, 20, 40][row]!);
  expect(await refusal({ 'gaitway.yaml': manifest, 'ann.csv': same })).toContain(
    'found two rows at 0.04 s (to read such rows, write duplicates: first, mean or spread in gaitway.yaml)',
  );
});

describe('rows of several people or devices in turn', () => {
  const rows = rowsOf(400).map((row, index) => [['ann', 'bob'][index % 2], 20 * index, ...row].join(','));
  const text = `who,t,x,y,z\n${rows.join('\n')}\n`;
  const manifest = TIMED.replace("path: '{person}.csv'", 'path: all.csv\nperson: { column: who }');

  test('are refused, with the key that reads them', async () => {
    expect(await refusal({ 'gaitway.yaml': manifest, 'all.csv': text })).toBe(
      'all.csv: expected the rows of a recording one below the other, found 400 changes of person or recording in 400 rows: where rows of several alternate, write interleaved: true in gaitway.yaml',
    );
  });

  test('are put together where the manifest says so', async () => {
    const both = await read({ 'gaitway.yaml': `${manifest}interleaved: true\n`, 'all.csv': text });
    expect(both.map(({ subject }) => subject)).toEqual(['ann', 'bob']);
    expect(both[1]?.samples).toEqual(Float32Array.from(rowsOf(400).flatMap((row, index) => (index % 2 ? row : []))));
  });

  test('are suspect where the manifest does not know the column that tells them apart', async () => {
    const watch = rowsOf(200, 2).map(([x, y, z]) => [y, z, x]);
    const devices = rowsOf(200).flatMap((row, index) => [
      ['phone', 20 * index, ...row].join(','),
      ['watch', 20 * index + 7, ...watch[index]!].join(','),
    ]);
    const told = await suspects({ 'gaitway.yaml': TIMED, 'ann.csv': `device,t,x,y,z\n${devices.join('\n')}\n` });
    expect(told).toEqual([
      expect.stringMatching(
        /^two-devices: ann\.csv .*column "device" tells apart \(phone, watch\).*interleaved: true$/,
      ),
    ]);
  });

  test('are suspect without such a column too', async () => {
    const mixed = rowsOf(400).map(([x, y, z], index) => (index % 2 ? [y!, z!, x!] : [x!, y!, z!]));
    expect(await kinds({ 'gaitway.yaml': TIMED, 'ann.csv': timed(mixed, (row) => 10 * row) })).toEqual(['two-devices']);
  });
});

describe('a file is refused', () => {
  test.each<[string, string, string]>([
    ['with zero bytes', `${PLAIN}\0\0\0`, 'line 502: expected text, found zero bytes (NUL)'],
    [
      'with a hexadecimal number',
      PLAIN.replace(LINES[3]!, '0x1F,0,0'),
      'line 5, column "x": expected a number, found "0x1F"',
    ],
    ['with thousands', PLAIN.replace(LINES[3]!, '"1,234.5",0,0'), 'found "1,234.5"'],
    ['with another minus', PLAIN.replace(LINES[3]!, '−1,0,0'), 'found "−1"'],
    ['with a number that is none', PLAIN.replace(LINES[3]!, 'NaN,0,0'), 'found "NaN"'],
    ['with a row that was cut off', `${PLAIN}0.1,0.2`, 'line 502: expected 3 cells, as there are columns; found 2'],
    ['with decimal commas between commas', PLAIN.replaceAll('.', ','), 'line 2: expected 3 cells'],
    ['without a header', PLAIN.slice(6), '(without a header, write header: none)'],
    ['with a column in another case', PLAIN.replace('x,y,z', 'X,Y,Z'), 'did you mean "X"?'],
    ['with a header below a row that is too short', PLAIN.replace('\n', '\n1,2\nx,y,z\n'), 'line 2: expected 3 cells'],
  ])('%s', async (_, text, message) => {
    expect(await refusal({ 'gaitway.yaml': MANIFEST, 'ann.csv': text })).toContain(message);
  });

  test('with rows that were cut off, unless these are to be a gap, which is told', async () => {
    const manifest = `${MANIFEST}onBadRow: gap\n`;
    const text = `x,y,z\n${[...LINES.slice(0, 250), 'NaN,0,0', ',,', ...LINES.slice(250), '0.1,0.2'].join('\n')}\n`;
    const recordings = await read({ 'gaitway.yaml': manifest, 'ann.csv': text });
    expect(recordings.map(({ source, samples }) => [source, samples])).toEqual([
      ['ann.csv:2', SAMPLES.subarray(0, 750)],
      ['ann.csv:254', SAMPLES.subarray(750)],
    ]);
    expect(await suspects({ 'gaitway.yaml': manifest, 'ann.csv': text })).toEqual([
      'set-aside: ann.csv was read without 3 of its rows, in line 252, 253, 504; the first: line 252, column "x": expected a number, found "NaN"',
    ]);
    expect(await refusal({ 'gaitway.yaml': manifest, 'ann.csv': 'x,y,z\n1,2\n3,4\n' })).toContain('line 2: expected 3');
  });

  test('with time stamps in a unit that makes days of seconds', async () => {
    const files = {
      'gaitway.yaml': TIMED.replace('ms', 's'),
      'ann.csv': timed(ROWS, (row) => 1657533977813 + 20 * row),
    };
    const { unreadable } = await inspectDataFolder(await temporaryFolder(files), { plan });
    expect(unreadable[0]?.message).toContain(
      'expected a recording of at least 2.5 Hz to resample to 50 Hz, found 0.05',
    );
  });
});

describe('names', () => {
  test.each([
    ['raw\\{person}.csv', 'raw/ann.csv'],
    ['./raw/{person}.csv', 'raw/ann.csv'],
    ['{person}.csv', 'ann.CSV'],
    ['**/{person}.csv', 'a/b/ann.csv'],
  ])('path: %s finds %s', async (path, file) => {
    const recordings = await read({ 'gaitway.yaml': MANIFEST.replace('{person}.csv', path), [file]: PLAIN });
    expect(recordings.map(({ subject }) => subject)).toEqual(['ann']);
  });

  test('a manifest is no data, whatever the path says', async () => {
    const manifest = MANIFEST.replace("'{person}.csv'", "'*'\nperson: { constant: ann }");
    expect(await read({ 'gaitway.yaml': manifest, 'a.csv': PLAIN })).toMatchObject([
      { subject: 'ann', source: 'a.csv' },
    ]);
  });

  test('that can be split in two ways are refused', async () => {
    const files = { 'gaitway.yaml': MANIFEST.replace('{person}', '{person}_*'), 'anna_maria_1.csv': PLAIN };
    expect(await refusal(files)).toContain('{person} may be "anna" or "anna_maria": write {number}');
  });

  test('of people and activities that differ only in how they are written are suspect', async () => {
    const people = ['P01', 'p01', 'P 01', 'P1', 'Q1'];
    const labels = ['Walking', 'walking ', 'WALK-ING', '1.0', '1', '01', '11', '1-1'];
    const rows = [...people.map((who) => [who, '']), ...labels.map((label) => ['Q1', label])];
    const manifest = `path: all.csv\nperson: { column: who }\nactivity: { column: label }\nunit: g\nrateHz: 50\nchannels: { x: x }\n`;
    const text = `who,label,x\n${rows.flatMap((row) => Array<string>(60).fill([...row, '1'].join(','))).join('\n')}\n`;
    const told = (await suspects({ 'gaitway.yaml': manifest, 'all.csv': text })).filter((line) =>
      line.startsWith('similar'),
    );
    expect(told.map((line) => line.split(' differ')[0])).toEqual([
      'similar-names: people "P01", "p01", "P 01", "P1"',
      'similar-names: activities "Walking", "walking", "WALK-ING"',
      'similar-names: activities "1.0", "1", "01"',
    ]);
  });

  test('for no activity are unlabelled, and told; for no person they are refused', async () => {
    const manifest = MANIFEST.replace('unit', 'activity: { column: label }\nunit');
    const text = `x,y,z,label\n${['nan', 'NA', '?', 'None', '', 'sit'].map((label) => `0,1,0,${label}`).join('\n')}\n`;
    const [recording] = await read({ 'gaitway.yaml': manifest, 'ann.csv': text });
    expect(recording?.labels).toEqual({ names: ['sit'], ofSample: Uint8Array.of(255, 255, 255, 255, 255, 0) });
    const told = await suspects({ 'gaitway.yaml': manifest, 'ann.csv': text });
    expect(told.filter((line) => line.startsWith('missing-label'))).toHaveLength(4);
    const nobody = MANIFEST.replace("'{person}.csv'", 'all.csv\nperson: { column: who }');
    expect(await refusal({ 'gaitway.yaml': nobody, 'all.csv': 'who,x,y,z\nnan,0,1,0\n' })).toContain(
      'expected a person',
    );
  });

  test('of activities can be those of a code', async () => {
    const manifest = MANIFEST.replace('unit', 'activity: { column: code, names: { 1: walking, 2: sitting } }\nunit');
    const [recording] = await read({ 'gaitway.yaml': manifest, 'ann.csv': 'x,y,z,code\n0,1,0,2\n0,1,0,1\n0,1,0,\n' });
    expect(recording?.labels).toEqual({ names: ['sitting', 'walking'], ofSample: Uint8Array.of(0, 1, 255) });
    expect(await refusal({ 'gaitway.yaml': manifest, 'ann.csv': 'x,y,z,code\n0,1,0,3\n' })).toContain(
      'line 2, column "code": expected one of 1, 2 (activity.names), found "3"',
    );
  });

  test('of columns that are numbers are not taken for their places', async () => {
    const manifest = MANIFEST.replace('{ x: x, y: y, z: z }', '{ x: 0, y: 1, z: 2 }');
    const text = PLAIN.replace('x,y,z', '0,1,2');
    expect(await refusal({ 'gaitway.yaml': manifest, 'ann.csv': text })).toContain('channels.x: expected');
    const quoted = MANIFEST.replace('{ x: x, y: y, z: z }', "{ x: '0', y: '1', z: '2' }");
    expect(await read({ 'gaitway.yaml': quoted, 'ann.csv': text })).toMatchObject([{ samples: SAMPLES }]);
    const mixed = MANIFEST.replace('{ x: x, y: y, z: z }', '{ x: 1, y: 2, z: 3 }');
    expect(await refusal({ 'gaitway.yaml': mixed, 'ann.csv': text })).toContain(
      'found 1, which is the number of column "0" and the name of column 2',
    );
  });

  test('in a manifest that are numbers with a zero before them are refused', async () => {
    const manifest = MANIFEST.replace("'{person}.csv'", 'a.csv\nperson: { constant: 007 }');
    expect(await refusal({ 'gaitway.yaml': manifest, 'a.csv': PLAIN })).toContain(
      "line 2, column 21: expected a number, or a name in quotes, found 007, which would be read as 7: quote it ('007')",
    );
  });
});

describe('files that are left alone are told of', () => {
  test('if they look like data, and with the reason', async () => {
    const told = await suspects({
      'gaitway.yaml': MANIFEST,
      'ann.csv': PLAIN,
      'bob.csv.gz': gzipSync(PLAIN),
      'more/cem.csv': PLAIN,
      'dee.npz': '',
      'eve.csv.bak': PLAIN,
      'fay.csv~': PLAIN,
      gus: PLAIN,
      'README.txt': '',
      'study.yaml': '',
      '.hidden.csv': '',
      '__MACOSX/._ann.csv': '',
    });
    expect(told).toEqual([
      expect.stringMatching(/^left-alone: files left alone: bob\.csv\.gz: looks like data.*unpack them/),
      expect.stringMatching(
        /^left-alone: files left alone: dee\.npz, eve\.csv\.bak, fay\.csv~, gus, more\/cem\.csv: looks like data/,
      ),
    ]);
  });

  test('if they are links; the data folder itself may be one', async () => {
    const outside = await temporaryFolder({ 'bob.csv': PLAIN });
    const folder = await temporaryFolder({ 'gaitway.yaml': MANIFEST, 'ann.csv': PLAIN });
    await symlink(join(outside, 'bob.csv'), join(folder, 'bob.csv'));
    await symlink(folder, join(outside, 'link'));
    const { suspects: told, people } = await inspectDataFolder(join(outside, 'link'), { plan });
    expect(people.map(({ name }) => name)).toEqual(['ann']);
    expect(told).toMatchObject([
      { kind: 'left-alone', reason: expect.stringMatching(/bob\.csv: links are not followed/) as string },
    ]);
  });

  test.skipIf(process.getuid?.() === 0)('if they are in a folder that may not be read', async () => {
    const folder = await temporaryFolder({ 'gaitway.yaml': MANIFEST, 'ann.csv': PLAIN, 'bob/bob.csv': PLAIN });
    await chmod(join(folder, 'bob'), 0);
    const { suspects: told } = await inspectDataFolder(folder, { plan });
    await chmod(join(folder, 'bob'), 0o700);
    expect(told).toMatchObject([
      { kind: 'left-alone', reason: expect.stringMatching(/bob: this user may not/) as string },
    ]);
  });
});

describe('a recording is suspect', () => {
  const long = rowsOf(3000);
  const one = (rows: readonly (readonly number[])[]): Files => ({
    'gaitway.yaml': MANIFEST,
    'ann.csv': `x,y,z\n${rows.map((row) => row.join(',')).join('\n')}\n`,
  });
  const changed = (change: (row: readonly number[], index: number) => readonly number[]): Files =>
    one(long.map(change));

  test('not if nothing is wrong', async () => {
    expect(await kinds(one(long))).toEqual([]);
    const slow = timed(ROWS, (row) => (row < 250 ? 20 * row : 2500 + 10 * row));
    expect(await kinds({ 'gaitway.yaml': TIMED, 'ann.csv': slow })).toEqual([]);
  });

  test.each<[string, Files, string]>([
    ['if the sensor slept', changed((row, at) => (at < 500 ? [0, 0, 0] : row)), 'idle-zeros'],
    ['if the sensor slept for a moment', changed((row, at) => (at > 99 && at < 110 ? [0, 0, 0] : row)), 'idle-zeros'],
    ['if the sensor hung', changed((row, at) => (at < 500 ? long[0]! : row)), 'stuck'],
    ['if rows were filled in', changed((_, at) => long[at - (at % 2)]!), 'repeated-rows'],
    ['if a channel is dead', changed(([x, y]) => [x!, y!, 0]), 'constant-channel'],
    ['if a channel dies', changed(([x, y, z], at) => [x!, y!, at < 1200 ? z! : 0.25]), 'constant-channel'],
    [
      'if the range was too small',
      changed(([x, y, z]) => [x!, Math.min(y!, 1.1), z!].map((v) => 1.5 * v)),
      'saturated',
    ],
    ['if it is in another unit', changed((row) => row.map((value) => 9.81 * value)), 'unit'],
    ['if it is in thousandths', changed((row) => row.map((value) => 1000 * value)), 'unit'],
    [
      'if rows come in bursts',
      { 'gaitway.yaml': TIMED, 'ann.csv': timed(ROWS, (row) => 100 * Math.floor(row / 5) + (row % 5)) },
      'rate',
    ],
    [
      'if rows come in pairs',
      { 'gaitway.yaml': TIMED, 'ann.csv': timed(ROWS, (row) => 40 * Math.floor(row / 2) + (row % 2)) },
      'rate',
    ],
    [
      'if its labels are a count',
      {
        'gaitway.yaml': `${MANIFEST}activity: { column: n }\n`,
        'ann.csv': `n,x,y,z\n${LINES.slice(0, 200)
          .map((line, at) => `${at},${line}`)
          .join('\n')}\n`,
      },
      'many-activities',
    ],
    [
      'if seconds are taken for milliseconds',
      { 'gaitway.yaml': TIMED, 'ann.csv': timed(ROWS, (row) => row / 50) },
      'rate',
    ],
    ['if its last line has no end', { 'gaitway.yaml': MANIFEST, 'ann.csv': PLAIN.slice(0, -3) }, 'cut-off'],
  ])('%s', async (_, files, kind) => {
    expect(await kinds(files)).toContain(kind);
  });

  test('if its unit changes while the sensor is at rest', async () => {
    const rng = createRng(4);
    const still = Array.from({ length: 3000 }, (_, at) =>
      [0, 1, 0].map((value) => (value + 0.002 * rng.normal()) * (at < 1500 ? 1 : 9.81)),
    );
    expect(await suspects(one(still))).toEqual([
      'unit: ann.csv changes its unit: 30 s at rest in g, 30 s at rest in m/s^2, if it is declared in g; convert one part',
    ]);
  });

  test('if its gravity is on another axis than that of all others', async () => {
    const file = (seed: number, order: readonly number[]): string =>
      `x,y,z\n${rowsOf(500, seed)
        .map((row) => order.map((place) => row[place]).join(','))
        .join('\n')}\n`;
    const files = Object.fromEntries([1, 2, 3, 4, 5, 6].map((seed) => [`p${seed}.csv`, file(seed, [0, 1, 2])]));
    expect(await kinds({ 'gaitway.yaml': MANIFEST, ...files })).toEqual([]);
    const told = await suspects({ 'gaitway.yaml': MANIFEST, ...files, 'p4.csv': file(4, [1, 0, 2]) });
    expect(told).toEqual([
      expect.stringMatching(/^gravity-axis: p4\.csv is of p4, who has gravity on x, where 5 others/),
    ]);
  });
});

test('a folder of files that never end their last line is not suspect for that', async () => {
  const cut = (seed: number): string =>
    `x,y,z\n${rowsOf(200, seed)
      .map((row) => row.join(','))
      .join('\n')}`;
  expect(await kinds({ 'gaitway.yaml': MANIFEST, 'ann.csv': cut(1), 'bob.csv': cut(2) })).toEqual([]);
});
