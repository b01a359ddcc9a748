import { describe, expect, it } from 'vitest';
import { peopleNames, sampleRun } from '../../testing/sample-run.js';
import { without } from '../../testing/without.js';
import { curve } from './curve.js';
import { dumbbell } from '../sections/figures.js';
import { heatMap } from './heat-map.js';
import { classBlock } from './palette.js';
import { reliabilityDiagram } from './reliability.js';
import { stackedBars } from './stacked-bars.js';

const countOf = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

describe('a heat map', () => {
  const names = ['sit', 'stand', 'walk'];
  const counts = [
    [8, 2, 0],
    [0, 5, 0],
    [0, 0, 0],
  ];
  const drawn = heatMap({ id: 'm', title: 'Matrix', names, counts }).safe;

  it('has a cell for each pair of classes, as deep in colour as its share of the row', () => {
    expect(countOf(drawn, /class="heat"/g)).toBe(9);
    expect([...drawn.matchAll(/fill-opacity="([^"]+)"/g)].map(([, opacity]) => Number(opacity))).toEqual([
      0.8, 0.2, 0, 0, 1, 0, 0, 0, 0,
    ]);
  });

  it('says counts and shares as text, and in words for who cannot see it', () => {
    expect(drawn).toContain('<title>sit taken for stand: 2 of 10</title>');
    expect(countOf(drawn, />80%</g)).toBe(1);
    expect(drawn).toContain('sit: 80% right; stand: 100% right; walk: – right.');
    expect(drawn).toMatch(/<svg class="chart" role="img" aria-labelledby="m-title m-description"/);
  });
});

describe('a curve', () => {
  const run = sampleRun({ rounds: 12 });
  const teacherF1 = run.result.evaluation['teacher']!.weightedF1;
  const drawn = curve(run.rounds, teacherF1).safe;

  it('marks each evaluated round with both figures, and each aborted round', () => {
    expect(countOf(drawn, /: weighted F1 0\.\d{3}<\/title>/g)).toBe(14);
    expect(countOf(drawn, /: accuracy 0\.\d{3}<\/title>/g)).toBe(14);
    expect(countOf(drawn, /Round 5 was aborted/g)).toBe(1);
  });

  it('puts better figures higher', () => {
    const path = /class="weighted-f1">\s*<path class="line" d="(M[^"]+L[^"]+)"/.exec(drawn)![1]!;
    const heights = path
      .split(/[ML]/)
      .slice(1)
      .map((point) => Number(point.split(' ')[1]));
    expect(heights).toHaveLength(12);
    expect(heights).toEqual(heights.toSorted((a, b) => b - a));
  });

  it('draws the teacher only where there is one, in the drawing and in the legend', () => {
    expect(countOf(drawn, /class="teacher-line"/g)).toBe(2);
    expect(countOf(curve(run.rounds, undefined).safe, /class="teacher-line"|of the teacher/g)).toBe(0);
  });

  it('says in words where each stage went', () => {
    expect(drawn).toMatch(/teacher: weighted F1 at 0\.696; student: weighted F1 from 0\.58\d to 0\.897; fine-tune/);
  });

  it('is left out where nothing was evaluated', () => {
    const lines = run.rounds.map((line) => without(line, 'evaluation'));
    expect(curve(lines, undefined).safe).toBe('');
  });

  it('leaves out marks that would lie on each other', () => {
    const long = sampleRun({ rounds: 400 }, peopleNames(1));
    expect(countOf(curve(long.rounds, undefined).safe, /class="mark"/g)).toBeLessThan(12);
  });
});

describe('stacked bars', () => {
  const client = { name: 'ada', windows: 100, accepted: { sit: 25, walk: 50 } };

  it('are as long as the windows they stand for', () => {
    const drawn = stackedBars({ title: 'Bars', bars: [client], activities: ['sit', 'walk'] }).safe;
    const [track, sit, walk] = [...drawn.matchAll(/<rect [^>]*?width="([\d.]+)" height="18"/g)].map(([, width]) =>
      Number(width),
    );
    // A gap of one keeps neighbours apart.
    expect((sit! + 1) / track!).toBeCloseTo(0.25, 3);
    expect((walk! + 1) / track!).toBeCloseTo(0.5, 3);
    expect(drawn).toContain('75 of 100 (75%)');
    expect(drawn).toContain('<title>ada: 25 sit</title>');
  });

  it('draw clients that accepted nothing, and activities named like parts of the language', () => {
    const bars = [{ ...client, windows: 0, accepted: {} }];
    const drawn = stackedBars({ title: 'Bars', bars, activities: ['constructor', 'toString'] }).safe;
    expect(drawn).toContain('0 of 0 (–)');
    expect(drawn).not.toContain('NaN');
  });

  it('tell more classes apart than there are colours', () => {
    const block = { x: 0, y: 0, width: 40, height: 18 };
    const looks = Array.from({ length: 24 }, (_, index) => classBlock(index, block).safe.replace(/>\d+</, '><'));
    expect(new Set(looks).size).toBe(24);
  });
});

describe('a dumbbell', () => {
  it('puts both models on a line from 0 to 1, and leaves out what does not exist', () => {
    const places = (text: string): number[] => [...text.matchAll(/cx="([^"]+)"/g)].map(([, x]) => Number(x));
    expect(places(dumbbell(0, 1).safe)).toEqual([6, 414]);
    expect(places(dumbbell(null, 0.5).safe)).toEqual([210]);
    expect(places(dumbbell(-0.1, null).safe)).toEqual([6]);
  });
});

describe('a reliability diagram', () => {
  const bins = [
    { windows: 0, confidence: null, accuracy: null },
    { windows: 10, confidence: 0.4, accuracy: 0.5 },
    { windows: 40, confidence: 0.9, accuracy: 0.75 },
  ];
  const drawn = reliabilityDiagram({ id: 'r', title: 'Calibration', bins }).safe;
  const heightsOf = (className: string): number[] =>
    [...drawn.matchAll(new RegExp(`class="${className}"[^>]*? height="([^"]+)"`, 'g'))].map(([, height]) =>
      Number(height),
    );

  it('has a bar for each bin, as high as its accuracy, and its windows beneath', () => {
    expect(heightsOf('reliability')).toEqual([0, 135, 202.5]);
    expect(heightsOf('bin-windows')).toEqual([0, 10, 40]);
  });

  it('says in words what the bins that have windows hold', () => {
    expect(drawn).toContain(
      '>confidence 0.33 to 0.67: accuracy 0.500 of 10 windows; confidence 0.67 to 1.00: accuracy 0.750 of 40 windows.<',
    );
    expect(drawn).toContain('<title>confidence 0.00 to 0.33: accuracy – of 0 windows</title>');
  });
});
