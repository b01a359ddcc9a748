import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../errors.js';
import { selectionVectors as vectors } from '../../testing/selection-vectors.js';
import { selectConfident, type ConfidentClaims } from './confident.js';

const published: ConfidentClaims = { minimumConfidence: 0.5, pluralityOnly: true, maximumPerClass: 10_000 };

function selected(rows: number[][], rule: Partial<ConfidentClaims> = {}): number[] {
  return [...selectConfident(Float32Array.from(rows.flat()), rows[0]!.length, { ...published, ...rule })];
}

describe('the selection of confident windows', () => {
  it('keeps the windows that NumPy keeps', () => {
    expect(selected(vectors.probabilities, { maximumPerClass: 3 })).toEqual(vectors.kept);
  });

  it('leaves out windows below the threshold and keeps those at it', () => {
    const rows = [
      [0.5, 0.3, 0.2],
      [0.49, 0.3, 0.21],
      [0.1, 0.2, 0.7],
    ];
    expect(selected(rows)).toEqual([0, 2]);
    expect(selected(rows, { minimumConfidence: 0.6 })).toEqual([2]);
    expect(selected(rows, { minimumConfidence: 0.9 })).toEqual([]);
  });

  it('keeps the most probable windows of each class up to the cap, in the order of the windows', () => {
    const rows = [
      [0.6, 0.4],
      [0.9, 0.1],
      [0.3, 0.7],
      [0.8, 0.2],
      [0.2, 0.8],
    ];
    expect(selected(rows, { maximumPerClass: 2 })).toEqual([1, 2, 3, 4]);
    expect(selected(rows, { maximumPerClass: 1 })).toEqual([1, 4]);
  });

  it('takes the earlier of equally probable windows at the cap', () => {
    const rows = [
      [0.7, 0.3],
      [0.8, 0.2],
      [0.7, 0.3],
      [0.8, 0.2],
      [0.7, 0.3],
    ];
    expect(selected(rows, { maximumPerClass: 3 })).toEqual([0, 1, 3]);
    expect(selected(rows, { maximumPerClass: 1 })).toEqual([1]);
  });

  it('lets a class claim a window only where it is the most probable, with plurality', () => {
    const rows = [
      [0.6, 0.4],
      [0.55, 0.45],
    ];
    const rule = { minimumConfidence: 0.3, maximumPerClass: 1 };
    expect(selected(rows, { ...rule, pluralityOnly: true })).toEqual([0]);
    expect(selected(rows, { ...rule, pluralityOnly: false })).toEqual([0, 1]);
  });

  it('counts the first of equally probable classes as the most probable', () => {
    const rows = [
      [0.5, 0.5],
      [0.5, 0.5],
    ];
    expect(selected(rows, { maximumPerClass: 1 })).toEqual([0]);
  });

  it('keeps a window once that several classes claim, and counts it at the cap of each', () => {
    const rows = [
      [0.45, 0.45, 0.1],
      [0.38, 0.42, 0.2],
    ];
    const rule = { minimumConfidence: 0.4, pluralityOnly: false };
    expect(selected(rows, rule)).toEqual([0, 1]);
    expect(selected(rows, { ...rule, maximumPerClass: 1 })).toEqual([0]);
  });

  it('selects nothing from nothing', () => {
    expect(selectConfident(new Float32Array(0), 3, published)).toEqual(new Uint32Array(0));
  });

  it('refuses probabilities that are none', () => {
    const diverged = (): number[] => selected([[0.5, NaN]]);
    expect(diverged).toThrow(InvalidInput);
    expect(diverged).toThrow('teacher: window 0, class 1: expected a number from 0 to 1, found NaN');
    expect(() => selectConfident(new Float32Array(4), 3, published)).toThrow(
      'teacher: expected rows of 3 classes, found 4 numbers',
    );
  });
});
