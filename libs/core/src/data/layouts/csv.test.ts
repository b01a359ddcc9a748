import { describe, expect, test } from 'vitest';
import { InvalidInput } from '../../errors.js';
import { lettersOf } from '../../testing/windows.js';
import { csvLayout } from './csv.js';
import { parseCsvManifest } from './parse-csv-manifest.js';
import { layoutContract, parseText } from './layout.contract.js';

const channels = { x: 'acc_x', y: 'acc_y' };
const inPath = csvLayout(
  parseCsvManifest({ path: '{person}/{activity}-*.csv', unit: 'm/s^2', rateHz: 20, channels }, 'gaitway.yaml'),
);
const inColumns = csvLayout(
  parseCsvManifest(
    {
      path: 'all/*.csv',
      person: { column: 'who' },
      activity: { column: 'label' },
      recording: { column: 'device' },
      time: { column: 't', unit: 'ms' },
      unit: 'g',
      channels,
    },
    'gaitway.yaml',
  ),
);

layoutContract({
  layout: inPath,
  path: 'ann/walking-1.csv',
  text: 'acc_x,acc_y\n9.80665,0\n-4.903325,1\n',
  others: ['gaitway.yaml', 'ann/walking.csv', 'ann/more/walking-1.csv', 'ann/walking-1.txt', 'walking-1.csv'],
});
layoutContract({
  layout: inColumns,
  path: 'all/monday.csv',
  text: 'who,label,device,t,acc_x,acc_y\nann,w,phone,0,1,2\nann,,phone,20,3,4\n',
  others: ['gaitway.yaml', 'monday.csv', 'all/sub/monday.csv'],
});

describe('CSV files whose paths tell person and activity', () => {
  test('are read by the manifest: unit, rate, names of channels', () => {
    const text = 'n,acc_y,acc_x\n1,0,9.80665\n2,19.6133,-4.903325\n';
    expect(parseText(inPath, text, 'ann/walking-1.csv')).toEqual([
      {
        subject: 'ann',
        source: 'ann/walking-1.csv',
        channels: ['x', 'y'],
        samples: Float32Array.of(1, 0, -0.5, 2),
        timing: { rateHz: 20 },
        labels: { names: ['walking'], ofSample: Uint8Array.of(0, 0) },
      },
    ]);
  });

  test('are without labels where the manifest names no activity', () => {
    const manifest = { path: '{person}.csv', unit: 'g', rateHz: 50, channels: { x: 'x' } };
    const [recording] = parseText(csvLayout(parseCsvManifest(manifest, 'gaitway.yaml')), 'x\n1\n2\n', 'bob.csv');
    expect(recording).toEqual({
      subject: 'bob',
      source: 'bob.csv',
      channels: ['x'],
      samples: Float32Array.of(1, 2),
      timing: { rateHz: 50 },
    });
  });
});

describe('CSV files whose columns tell person and activity', () => {
  const header = 'who,label,device,t,acc_x,acc_y';

  test('hold several people and devices: a recording each', () => {
    const rows = ['ann,w,phone,0,1,1', 'ann,w,phone,20,2,2', 'ann,w,watch,10,3,3', 'bob,w,watch,5,4,4'];
    const recordings = parseText(inColumns, [header, ...rows].join('\n'), 'all/1.csv');
    expect(recordings.map(({ subject, source, samples }) => [subject, source, samples[0]])).toEqual([
      ['ann', 'all/1.csv:2', 1],
      ['ann', 'all/1.csv:4', 3],
      ['bob', 'all/1.csv:5', 4],
    ]);
    expect(recordings[0]?.timing).toEqual({ seconds: Float64Array.of(0, 0.02) });
  });

  test('may change the activity within a recording; an empty cell is unlabelled', () => {
    const rows = ['ann,s,p,0,1,1', 'ann,,p,20,1,1', 'ann,w,p,40,1,1', 'ann,s,p,60,1,1'];
    const [recording] = parseText(inColumns, [header, ...rows].join('\n'), 'all/1.csv');
    expect(lettersOf(recording?.labels)).toBe('s.ws');
  });

  test('are without labels where every cell of the activity is empty', () => {
    expect(parseText(inColumns, `${header}\nann,,p,0,1,1\n`, 'all/1.csv')[0]).not.toHaveProperty('labels');
  });

  test('with nobody in the column of the person are refused', () => {
    expect(() => parseText(inColumns, `${header}\nann,w,p,0,1,1\n ,w,p,1,1,1\n`, 'all/1.csv')).toThrow(
      'all/1.csv: line 3, column "who": expected a person, found an empty cell',
    );
  });

  test('with a clock that stands still or goes back are refused', () => {
    const at = (milliseconds: string): string => `${header}\nann,w,p,40,1,1\nann,w,p,${milliseconds},1,1\n`;
    expect(() => parseText(inColumns, at('40'), 'all/1.csv')).toThrow('line 3, column "t": expected a later time');
    expect(() => parseText(inColumns, at('20'), 'all/1.csv')).toThrow('found a step back by 0.02 s');
  });

  test('with more activities than can be are refused: it is hardly the right column', () => {
    const rows = Array.from({ length: 256 }, (_, index) => `ann,${index},p,${index},1,1`);
    expect(() => parseText(inColumns, [header, ...rows].join('\n'), 'all/1.csv')).toThrow(InvalidInput);
    expect(() => parseText(inColumns, [header, ...rows.slice(1)].join('\n'), 'all/1.csv')).not.toThrow();
  });
});
