/**
 * MotionSense (Malekzadeh et al., "Mobile Sensor Data Anonymization", IoTDI 2019): 24 people, phone in the trouser
 * pocket, 50 Hz, one file for each person and trial.
 */

import { numberColumn } from './csv-columns.js';
import { tableReader } from './csv-table.js';
import { type FileReader, type Layout, type PathFacts, tableFile } from './layout.js';
import { assembleRecordings } from './recording-assembler.js';

const RATE_HZ = 50;
const AXES = ['x', 'y', 'z'];

const activityNames: Readonly<Record<string, string>> = {
  dws: 'downstairs',
  ups: 'upstairs',
  sit: 'sitting',
  std: 'standing',
  wlk: 'walking',
  jog: 'jogging',
};

/** The data set also has folders of single sensors with the same file names, which are ignored. */
const FILE = /^(?:(?:.*\/)?A_DeviceMotion_data\/)?(dws|ups|sit|std|wlk|jog)_\d+\/sub_(\d+)\.csv$/;

/** Files of the data set that hold other sensors, or none. */
const OTHERS = /(?:^|\/)(?:[BC]_[^/]*_data\/.*|data_subjects_info\.csv)$/;

/** Total acceleration in g, including gravity, on the phone's axes x, y and z. */
export const motionSenseLayout: Layout = {
  name: 'motionsense',
  files: 'A_DeviceMotion_data/<activity>_<trial>/sub_<person>.csv',
  others: (path) => OTHERS.test(path),
  recognise,
  open,
};

function recognise(path: string): Required<PathFacts> | undefined {
  const [, code, subject] = FILE.exec(path) ?? [];
  const activity = activityNames[code ?? ''];
  return activity !== undefined && subject !== undefined ? { subject, activity } : undefined;
}

function open(path: string): FileReader {
  const facts = recognise(path);
  if (!facts) {
    throw new Error(`${path} is no file of the MotionSense layout`);
  }
  const assembler = assembleRecordings({ source: path, channels: AXES, clock: { rateHz: RATE_HZ } });
  const values = new Float64Array(AXES.length);
  const columns = AXES.flatMap((axis) => [`gravity.${axis}`, `userAcceleration.${axis}`]);
  const table = tableReader({ source: path, columns }, (header) => {
    const parts = AXES.map((axis) => ({
      gravity: numberColumn(header, `gravity.${axis}`),
      own: numberColumn(header, `userAcceleration.${axis}`),
    }));
    return (row) => {
      parts.forEach(({ gravity, own }, axis) => {
        values[axis] = gravity(row) + own(row);
      });
      const { subject, activity } = facts;
      assembler.add({ line: row.line, subject, part: '', activity, seconds: undefined, values });
    };
  });
  return tableFile(table, assembler);
}
