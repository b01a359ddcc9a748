/**
 * WISDM Smartphone and Smartwatch Activity and Biometrics (Weiss et al., IEEE Access 2019), accelerometer of the phone:
 * 51 people, 18 activities, nominally 20 Hz with the phone's own time stamps, one file for each person.
 */

import { gPerUnit } from '../recording.js';
import { cellError, numberColumn, textColumn } from './csv-columns.js';
import { tableReader } from './csv-table.js';
import { type FileReader, type Layout, tableFile } from './layout.js';
import { assembleRecordings } from './recording-assembler.js';

const COLUMNS = ['subject', 'activity', 'timestamp', 'x', 'y', 'z'];
const AXES = ['x', 'y', 'z'];
const NANOSECONDS = 1e-9;

/** From activity_key.txt of the data set. */
const activityNames: ReadonlyMap<string, string> = new Map([
  ['A', 'walking'],
  ['B', 'jogging'],
  ['C', 'stairs'],
  ['D', 'sitting'],
  ['E', 'standing'],
  ['F', 'typing'],
  ['G', 'teeth'],
  ['H', 'soup'],
  ['I', 'chips'],
  ['J', 'pasta'],
  ['K', 'drinking'],
  ['L', 'sandwich'],
  ['M', 'kicking'],
  ['O', 'catch'],
  ['P', 'dribbling'],
  ['Q', 'writing'],
  ['R', 'clapping'],
  ['S', 'folding'],
]);

const FILE = /(?:^|\/)data_(\d+)_accel_phone\.txt$/;

/** Files of the data set that hold other sensors, or none. */
const OTHERS = /(?:^|\/)(?:activity_key\.txt|data_\d+_(?:accel|gyro)_(?:phone|watch)\.(?:txt|arff))$/;

/**
 * Acceleration including gravity, in g, on the phone's axes x, y and z. Each change of activity starts a new recording.
 */
export const wisdmLayout: Layout = {
  name: 'wisdm',
  files: 'raw/phone/accel/data_<person>_accel_phone.txt',
  others: (path) => OTHERS.test(path),
  recognise: (path) => {
    const subject = FILE.exec(path)?.[1];
    return subject === undefined ? undefined : { subject };
  },
  open,
};

function open(path: string): FileReader {
  const assembler = assembleRecordings({ source: path, channels: AXES, clock: { column: 'timestamp' } });
  const values = new Float64Array(AXES.length);
  const form = { header: 'none', separator: ',', rowEnd: ';' } as const;
  const table = tableReader({ source: path, form, names: COLUMNS }, (header) => {
    const subjectOf = textColumn(header, 'subject');
    const codeOf = textColumn(header, 'activity');
    const timeOf = numberColumn(header, 'timestamp');
    const axes = AXES.map((axis) => numberColumn(header, axis));
    return (row) => {
      const activity = activityOf(codeOf(row), path, row.line);
      axes.forEach((valueOf, axis) => {
        values[axis] = valueOf(row) * gPerUnit['m/s^2'];
      });
      const seconds = timeOf(row) * NANOSECONDS;
      assembler.add({ line: row.line, subject: subjectOf(row), part: activity, activity, seconds, values });
    };
  });
  return tableFile(table, assembler);
}

function activityOf(code: string, path: string, line: number): string {
  const activity = activityNames.get(code);
  if (activity === undefined) {
    const message = `expected one of ${[...activityNames.keys()].join(', ')}; found "${code}"`;
    throw cellError(path, line, 'activity', message);
  }
  return activity;
}
