import { expect, it } from 'vitest';
import { tableHead, tableRows } from './prediction-table.js';

it('a table quotes names that have commas, quotes or line breaks', () => {
  const activities = ['up, slowly', 'down'];
  expect(tableHead(activities, false)).toBe(
    'recording,person,start,end,activity,"probability_up, slowly",probability_down\n',
  );
  const recording = { source: 'a"b.csv', subject: 'ann\nlee' };
  const windows = { recording, startSeconds: Float64Array.of(-0.1), probabilities: Float32Array.of(0.75, 0.25) };
  expect(tableRows(windows, { activities, seconds: 0.3 })).toBe(
    '"a""b.csv","ann\nlee",-0.1,0.2,"up, slowly",0.75,0.25\n',
  );
});
