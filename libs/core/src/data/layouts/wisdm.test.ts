import { describe, expect, test } from 'vitest';
import { layoutContract, parseText } from './layout.contract.js';
import { wisdmLayout } from './wisdm.js';

const path = 'raw/phone/accel/data_1609_accel_phone.txt';
const text = `1609,A,41830000000000,9.80665,0,-4.903325;
1609,A,41830050000000,0,19.6133,0;
1609,D,300000000,0,0,9.80665;
`;

layoutContract({
  layout: wisdmLayout,
  path,
  text,
  others: [
    'activity_key.txt',
    'raw/watch/accel/data_1609_accel_watch.txt',
    'raw/phone/gyro/data_1609_gyro_phone.txt',
    'arff_files/phone/accel/data_1609_accel_phone.arff',
  ],
});

describe('WISDM', () => {
  test('is read in g, with the phone’s own clock, a recording for each activity', () => {
    const [walking, sitting, ...others] = parseText(wisdmLayout, text, path);
    expect(others).toEqual([]);
    expect(walking).toEqual({
      subject: '1609',
      source: `${path}:1`,
      channels: ['x', 'y', 'z'],
      samples: Float32Array.of(1, 0, -0.5, 0, 2, 0),
      timing: { seconds: Float64Array.of(41830, 41830.05) },
      labels: { names: ['walking'], ofSample: Uint8Array.of(0, 0) },
    });
    expect(sitting).toMatchObject({ source: `${path}:3`, labels: { names: ['sitting'] } });
  });

  test.each(['', 'wisdm-dataset/', 'raw/phone/accel/'])('knows its files below any folder: %j', (folder) => {
    expect(wisdmLayout.recognise(`${folder}data_1650_accel_phone.txt`)).toEqual({ subject: '1650' });
  });

  test('with an activity outside the key is refused', () => {
    expect(() => parseText(wisdmLayout, text.replace(',D,', ',N,'), path)).toThrow(
      /line 3, column "activity": expected one of A, B, C.*; found "N"/,
    );
  });

  test('with a clock that goes back within an activity is refused, naming the line', () => {
    expect(() => parseText(wisdmLayout, text.replace('41830050', '41829500'), path)).toThrow(
      `${path}: line 2, column "timestamp": expected a later time than in the row before, found a step back by 0.5 s`,
    );
  });

  test('with the same time twice is refused, naming the line', () => {
    expect(() => parseText(wisdmLayout, text.replace('41830050', '41830000'), path)).toThrow(
      `${path}: line 2, column "timestamp": expected a later time than in the row before, found the same time again`,
    );
  });
});
