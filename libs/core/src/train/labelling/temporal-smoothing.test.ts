import { describe, expect, it } from 'vitest';
import { createRng, shuffledIndices } from '../../math/random.js';
import { smoothOverTime, type TemporalSmoothing } from './temporal-smoothing.js';

type Rows = readonly (readonly number[])[];

/** Windows of one recording, in time. */
function recorded(count: number): { readonly recordingOf: Uint32Array; readonly startOf: Uint32Array } {
  return { recordingOf: new Uint32Array(count), startOf: Uint32Array.from({ length: count }, (_, at) => 10 * at) };
}

function smoothed(rows: Rows, settings: TemporalSmoothing): Float32Array {
  return smoothOverTime(recorded(rows.length), Float32Array.from(rows.flat()), settings);
}

function drawnRows(count: number, classes: number, name: string): Rows {
  const rng = createRng(name);
  return Array.from({ length: count }, () => {
    const row = Array.from({ length: classes }, () => rng.uniform() ** 3);
    const sum = row.reduce((total, value) => total + value, 0);
    return row.map((value) => value / sum);
  });
}

/** The same by definition: sums the probabilities of all paths through the recording. */
function byEnumeration(rows: Rows, { stay, weight }: TemporalSmoothing): readonly number[] {
  const classes = rows[0]!.length;
  const ways = rows.reduce<Rows>(
    (before, row) => before.flatMap((way) => row.map((_, activity) => [...way, activity])),
    [[]],
  );
  const likelihoodOf = (way: readonly number[]): number =>
    way.reduce((product, activity, at) => {
      const change = at === 0 ? 1 / classes : activity === way[at - 1] ? stay : (1 - stay) / (classes - 1);
      return product * change * rows[at]![activity]! ** weight;
    }, 1);
  const sumOver = (chosen: Rows): number => chosen.reduce((sum, way) => sum + likelihoodOf(way), 0);
  const all = sumOver(ways);
  return rows.flatMap((row, at) => row.map((_, activity) => sumOver(ways.filter((way) => way[at] === activity)) / all));
}

/** The row of a window, with three classes. */
function rowOf(rows: Float32Array, window: number): Float32Array {
  return rows.subarray(3 * window, 3 * window + 3);
}

function expectClose(found: Float32Array, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, place) => {
    expect(value).toBeCloseTo(expected[place]!, 6);
  });
}

const half: TemporalSmoothing = { stay: 0.9, weight: 0.5 };

describe('smoothing over time', () => {
  it.each([half, { stay: 0.6, weight: 1 }, { stay: 0.2, weight: 0.7 }])(
    'has the probabilities of all ways through a recording, with %o',
    (settings) => {
      const rows = drawnRows(6, 3, 'rows');
      expectClose(smoothed(rows, settings), byEnumeration(rows, settings));
    },
  );

  it('has the numbers that paper gives for two windows', () => {
    // Ways 00, 01, 10, 11: halves of .8·.75·.5 = .3, .8·.25·.5 = .1, .2·.25·.5 = .025, .2·.75·.5 = .075; together .5.
    const rows = [
      [0.8, 0.2],
      [0.5, 0.5],
    ];
    expectClose(smoothed(rows, { stay: 0.75, weight: 1 }), [0.8, 0.2, 0.65, 0.35]);
  });

  it('makes a window alone less sure by its weight', () => {
    // The square roots of .64 and .36 are .8 and .6.
    expectClose(smoothed([[0.64, 0.36]], half), [8 / 14, 6 / 14]);
    expectClose(smoothed([[0.64, 0.36]], { stay: 0.9, weight: 1 }), [0.64, 0.36]);
  });

  it('changes nothing where every activity is as likely to come next', () => {
    const rows = drawnRows(5, 4, 'as they are');
    expectClose(smoothed(rows, { stay: 0.25, weight: 1 }), rows.flat());
  });

  it('lets neighbours outvote a window, and leaves a change in its place', () => {
    const [walking, sitting] = [
      [0.9, 0.1],
      [0.1, 0.9],
    ] as const;
    const found = smoothed([walking, walking, [0.4, 0.6], walking, walking, sitting, sitting, sitting], half);
    const walks = [...found].filter((_, place) => place % 2 === 0).map((value) => value > 0.5);
    expect(walks).toEqual([true, true, true, true, true, false, false, false]);
  });

  it('takes windows in any order', () => {
    const probabilities = Float32Array.from(drawnRows(20, 3, 'any order').flat());
    const windows = recorded(20);
    const order = shuffledIndices(20, createRng('order'));
    const rowsInOrder = Float32Array.from([...order].flatMap((window) => [...rowOf(probabilities, window)]));
    const startOf = order.map((window) => windows.startOf[window]!);
    const reordered = smoothOverTime({ ...windows, startOf }, rowsInOrder, half);
    const expected = smoothOverTime(windows, probabilities, half);
    order.forEach((window, place) => {
      expect(rowOf(reordered, place)).toEqual(rowOf(expected, window));
    });
  });

  it('keeps recordings apart', () => {
    const rows = drawnRows(8, 2, 'apart');
    const turns = {
      recordingOf: Uint32Array.of(0, 1, 0, 1, 0, 1, 0, 1),
      startOf: Uint32Array.of(0, 0, 5, 5, 10, 10, 15, 15),
    };
    const together = smoothOverTime(turns, Float32Array.from(rows.flat()), half);
    const alone = [0, 1].map((recording) =>
      smoothed(
        rows.filter((_, at) => at % 2 === recording),
        half,
      ),
    );
    together.forEach((value, place) => {
      const window = Math.floor(place / 2);
      expect(value).toBe(alone[window % 2]![2 * Math.floor(window / 2) + (place % 2)]);
    });
  });

  it('stays a distribution over hours, also where the teacher is certain', () => {
    const certain = Array.from({ length: 2000 }, (_, at) => [0, 1, 2].map((activity) => Number(at % 3 === activity)));
    const found = smoothed(certain, { stay: 0.999, weight: 1 });
    expect([...found]).toEqual(certain.flat());
    const doubtful = smoothed(drawnRows(2000, 3, 'hours'), half);
    for (let window = 0; window < 2000; window++) {
      expect(rowOf(doubtful, window).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
    }
  });

  it('has nothing to say of nothing', () => {
    expect(smoothOverTime(recorded(0), new Float32Array(), half)).toHaveLength(0);
  });
});
