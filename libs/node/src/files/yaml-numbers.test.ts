import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { refuseLostDigits } from './yaml-numbers.js';

function check(text: string): void {
  refuseLostDigits(parseDocument(text), text, 'study.yaml');
}

describe('a number in YAML', () => {
  it.each([
    'seed: 0',
    'rate: 0.5',
    'rate: 1.0',
    'rate: 1e-3',
    'rate: -0.25',
    'people: { test: [1, 20] }',
    "test: ['01']",
  ])('is taken where nothing is lost: %s', (text) => {
    expect(() => {
      check(text);
    }).not.toThrow();
  });

  it.each([
    ['seed: 010', 'line 1, column 7', '010', '10'],
    ['seed: 0x1F', 'line 1, column 7', '0x1F', '31'],
    ['name: a\npeople:\n  test: [1, 02]', 'line 3, column 13', '02', '2'],
    ['people: { test: [1.0] }', 'line 1, column 18', '1.0', '1'],
    ['people: { clients: { home: [1e3] } }', 'line 1, column 29', '1e3', '1000'],
    ['activities: [+5, walking]', 'line 1, column 14', '+5', '5'],
    ['activity: { column: a, names: { 01: walking } }', 'line 1, column 33', '01', '1'],
  ])('is refused where it is not what was written: %j', (text, place, found, value) => {
    expect(() => {
      check(text);
    }).toThrow(
      `study.yaml: ${place}: expected a number, or a name in quotes, found ${found}, which would be read as ${value}: quote it ('${found}')`,
    );
  });
});
