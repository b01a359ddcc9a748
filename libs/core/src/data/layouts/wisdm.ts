/**
 * WISDM Smartphone and Smartwatch Activity and Biometrics (Weiss et al., IEEE Access 2019), accelerometer of the phone:
 * 51 people, 18 activities, nominally 20 Hz with the phone's own time stamps, one file for each person.
 */

import { gPerUnit, type RawRecording } from '../recording.js';
import { cellError, numberColumn, readHeaderlessCsv, textColumn } from './csv-table.js';
import type { Layout } from './layout.js';
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

/**
 * Acceleration including gravity, in g, on the phone's axes x, y and z. Each change of activity starts a new recording.
 */
export const wisdmLayout: Layout = {
  name: 'wisdm',
  files: 'raw/phone/accel/data_<person>_accel_phone.txt',
  recognise: (path) => {
    const subject = FILE.exec(path)?.[1];
    return subject === undefined ? undefined : { subject };
  },
  parse,
};

function parse(text: string, path: string): readonly RawRecording[] {
  const header = { source: path, line: 0, names: COLUMNS };
  const subjectOf = textColumn(header, 'subject');
  const codeOf = textColumn(header, 'activity');
  const timeOf = numberColumn(header, 'timestamp');
  const axes = AXES.map((axis) => numberColumn(header, axis));
  const assembler = assembleRecordings({ source: path, channels: AXES, clock: { column: 'timestamp' } });
  readHeaderlessCsv(text.replaceAll(/;$/gm, ''), header, (row) => {
    const code = codeOf(row);
    const activity = activityNames.get(code);
    if (activity === undefined) {
      const message = `expected one of ${[...activityNames.keys()].join(', ')}; found "${code}"`;
      throw cellError(path, row.line, 'activity', message);
    }
    assembler.add({
      line: row.line,
      subject: subjectOf(row),
      part: activity,
      activity,
      seconds: timeOf(row) * NANOSECONDS,
      values: axes.map((axis) => axis(row) * gPerUnit['m/s^2']),
    });
  });
  return assembler.finish();
}
