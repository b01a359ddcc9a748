import { expect, it } from 'vitest';
import { heading, rowOf, verdictOf } from './report.js';
import type { AttackResult } from './run-attack.js';

const result: AttackResult = {
  attack: 'verbatim',
  steps: 1,
  batch: 1,
  kernels: [32],
  updates: 2,
  examples: 2,
  length: 32,
  reconstructions: 2,
  verbatim: 1,
  match: { mean: 0.9, low: 0.8, high: 1 },
  control: { mean: 0.5, low: 0.4, high: 0.6 },
  difference: { mean: 0.4, low: 0.2, high: 0.6 },
};

it('says a row under its headings', () => {
  const [names, row] = [heading(), rowOf(result)];
  expect(row.slice(names.indexOf('update'))).toMatch(/^1 step of 1 /);
  expect(row.slice(names.indexOf('copies'))).toMatch(/^1 /);
  expect(row.slice(names.indexOf('best match'))).toMatch(/^0\.900 \(0\.800 to 1\.000\) /);
  expect(row.slice(names.indexOf('difference'))).toMatch(/^0\.400 \(0\.200 to 0\.600\) /);
});

it('says what a client with the default policy gives away', () => {
  const slight = { mean: 0.01, low: -0.01, high: 0.03 };
  expect(verdictOf({ ...result, refused: 'expected more' })).toBe('refuses: expected more');
  expect(verdictOf({ ...result, memorised: { mean: 0.4, low: 0.2, high: 0.6 } })).toBe('gives away windows');
  expect(verdictOf({ ...result, memorised: slight })).toBe('gives away no window, but whose the update is');
  expect(verdictOf({ difference: slight, memorised: slight })).toBe('gives nothing away');
  expect(verdictOf({})).toBe('gives nothing away');
});
