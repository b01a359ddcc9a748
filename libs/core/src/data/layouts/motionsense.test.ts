import { describe, expect, test } from 'vitest';
import { layoutContract, parseText } from './layout.contract.js';
import { motionSenseLayout } from './motionsense.js';

const path = 'A_DeviceMotion_data/wlk_7/sub_24.csv';
const text = `,gravity.x,gravity.y,gravity.z,userAcceleration.x,userAcceleration.y,userAcceleration.z
0,-0.25,0.5,0.75,0.25,0.125,-0.5
1,-0.25,0.5,0.75,1.5,-0.5,0.25
`;
const official = `,attitude.roll,attitude.pitch,attitude.yaw,gravity.x,gravity.y,gravity.z,rotationRate.x,rotationRate.y,rotationRate.z,userAcceleration.x,userAcceleration.y,userAcceleration.z
0,9,9,9,-0.25,0.5,0.75,9,9,9,0.25,0.125,-0.5
`;

layoutContract({
  layout: motionSenseLayout,
  path,
  text,
  others: [
    'data_subjects_info.csv',
    'B_Accelerometer_data/wlk_7/sub_24.csv',
    'A_DeviceMotion_data/wlk_7/._sub_24.csv',
    'A_DeviceMotion_data/run_7/sub_24.csv',
    'A_DeviceMotion_data/wlk_7/sub_24.csv.bak',
  ],
});

describe('MotionSense', () => {
  test('is total acceleration: gravity and the phone’s own, at 50 Hz', () => {
    const [recording, ...others] = parseText(motionSenseLayout, text, path);
    expect(others).toEqual([]);
    expect(recording).toEqual({
      subject: '24',
      source: path,
      channels: ['x', 'y', 'z'],
      samples: Float32Array.of(0, 0.625, 0.25, 1.25, 0, 1),
      timing: { rateHz: 50 },
      labels: { names: ['walking'], ofSample: Uint8Array.of(0, 0) },
    });
  });

  test('finds its columns by name among those of the official files', () => {
    expect([...parseText(motionSenseLayout, official, path)[0]!.samples]).toEqual([0, 0.625, 0.25]);
  });

  test.each([
    ['dws_1/sub_1.csv', '1', 'downstairs'],
    ['A_DeviceMotion_data/ups_12/sub_2.csv', '2', 'upstairs'],
    ['archive/A_DeviceMotion_data/A_DeviceMotion_data/sit_5/sub_3.csv', '3', 'sitting'],
    ['std_6/sub_14.csv', '14', 'standing'],
    ['jog_9/sub_9.csv', '9', 'jogging'],
  ])('reads person and activity from %s', (where, subject, activity) => {
    expect(motionSenseLayout.recognise(where)).toEqual({ subject, activity });
  });

  test('without a column it needs is refused with the columns that are there', () => {
    const renamed = text.replace('gravity.y', 'gravity_y');
    expect(() => parseText(motionSenseLayout, renamed, path)).toThrow(
      `${path}: line 1: expected a column "gravity.y", found the columns gravity.x, gravity_y, gravity.z, ` +
        'userAcceleration.x, userAcceleration.y, userAcceleration.z; did you mean "gravity_y"?',
    );
  });

  test.each([
    ['', 'an empty cell'],
    ['NaN', '"NaN"'],
    ['-Infinity', '"-Infinity"'],
    ['n/a', '"n/a"'],
  ])('with %j where a number belongs is refused, naming line and column', (cell, found) => {
    const broken = text.replace('1.5', cell);
    expect(() => parseText(motionSenseLayout, broken, path)).toThrow(
      `${path}: line 3, column "userAcceleration.x": expected a number, found ${found}`,
    );
  });
});
