import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { transformationNames } from '@gaitway/core/augment';
import { describe, expect, it } from 'vitest';

/** Runs an example as its first lines say, and returns its output, line by line. */
async function linesOf(example: URL, ...words: readonly string[]): Promise<readonly string[]> {
  const command = ['--conditions', '@gaitway/source', '--import', 'tsx', fileURLToPath(example), ...words];
  const { stdout } = await promisify(execFile)(process.execPath, command);
  return stdout.trimEnd().split('\n');
}

describe('01-augment-a-window', () => {
  it('shows the window and its eight versions, each with what its transformation does to the first sample', async () => {
    const rows = (await linesOf(new URL('./01-augment-a-window.ts', import.meta.url)))
      .slice(1)
      .map((line) => line.split(/\s+/));
    expect(rows.map(([name]) => name)).toEqual(['original', ...transformationNames]);
    const [original = [], ...versions] = rows.map(([, magnitude, ...first]) => [Number(magnitude), ...first]);
    const version = Object.fromEntries(transformationNames.map((name, index) => [name, versions[index]!]));
    const [magnitude, ...first] = original;

    expect(version['negate']!.slice(1).map(Number)).toEqual(first.map((value) => -Number(value)));
    expect(version['channel-shuffle']!.slice(1).sort()).toEqual([...first].sort());
    expect(version['channel-shuffle']).not.toEqual(original);
    for (const name of ['rotate', 'negate', 'time-flip', 'permute', 'channel-shuffle']) {
      expect(version[name]![0], name).toBe(magnitude);
    }
    for (const name of ['noise', 'scale']) {
      expect(version[name]![0], name).not.toBe(magnitude);
    }
  });
});

describe('02-first-study', () => {
  it('reports every round and ends with a model that is better than its teacher', async () => {
    const [opening, ...lines] = await linesOf(new URL('./02-first-study.ts', import.meta.url));
    expect(opening).toMatch(/^6 clients, backend (native|wasm)$/);
    const ending = lines.pop();
    const rounds = lines.map((line) => /^(.+): weighted F1 (0\.\d{3})$/.exec(line) ?? [line]);
    expect(rounds.map(([, place]) => place)).toEqual([
      'teacher 1/1',
      ...[1, 2, 3, 4, 5, 6].map((round) => `student ${round}/6`),
      'fine-tune 1/1',
    ]);
    const [teacher, final] = [rounds[0]![2]!, rounds.at(-1)![2]!];
    expect(ending).toBe(`teacher ${teacher}, final model ${final} (weighted F1, six unseen people)`);
    expect(Number(final)).toBeGreaterThan(Number(teacher));
  });
});

describe('03-your-own-labeller', () => {
  it('gives the student other labels by the same teacher', async () => {
    const lines = await linesOf(new URL('./03-your-own-labeller.ts', import.meta.url));
    const rounds = lines.map((line) => /^(.+): (.+), (\d+) windows, weighted F1 (0\.\d{3})$/.exec(line) ?? [line]);
    const stages = ['teacher 1', 'student 1', 'student 2'];
    expect(rounds.map(([, labeller, place]) => [labeller, place])).toEqual([
      ...stages.map((place) => ['teacher', place]),
      ...stages.map((place) => ['smoothed', place]),
    ]);
    const [teacher, student, , sameTeacher, otherStudent] = rounds.map(([, , , windows, figure]) => [windows, figure]);
    expect(sameTeacher).toEqual(teacher);
    expect(otherStudent).not.toEqual(student);
  });
});

describe('04-hostile-clients', () => {
  it('shows that four of twenty clients spoil the mean', async () => {
    const example = new URL('./04-hostile-clients.ts', import.meta.url);
    const [, ...rows] = await linesOf(example, '--rounds', '4', 'fed-avg');
    const cells = rows.map((row) => /^(.+?) +(0\.\d{3}) \(\2–\2\) +(0\.\d{3}) \(\3–\3\)$/.exec(row) ?? [row]);
    expect(cells.map(([, strategy]) => strategy)).toEqual(['fed-avg']);
    const [[, , honest, hostile] = []] = cells;
    expect(Number(hostile)).toBeLessThan(Number(honest));
  });
});

describe('05-choose-a-recipe', () => {
  it('tests every candidate, and tells what the choice costs against the best of them', async () => {
    const example = new URL('./05-choose-a-recipe.ts', import.meta.url);
    const [opening, ...rows] = await linesOf(example, '--cells', '1', '--steps', '2');
    const chosen = /^people person-01 to person-08: person-01, person-02, person-03 choose (.+)$/.exec(opening!)?.[1];
    const ending = rows.pop();
    const figures = new Map(
      rows.map((row) => {
        const [, name = row, figure] =
          /^ {2}(.+?) +held out 0\.\d{3}, 0\.\d{3}, 0\.\d{3}; test people (0\.\d{3})$/.exec(row) ?? [];
        return [name, Number(figure)];
      }),
    );
    expect([...figures.keys()]).toEqual(['pocket', 'fixed', 'fixed-z', 'free']);
    const loss = Number(/^cells: 1; the choice is (.+) points below the best candidate on average$/.exec(ending!)?.[1]);
    expect(loss / 100).toBeCloseTo(Math.max(...figures.values()) - figures.get(chosen!)!, 2);
  });
});

describe('06-privacy-and-utility', () => {
  it('tells the noise of an epsilon and the figures of the models', async () => {
    const size = ['--people', '12', '--rounds', '1', '--sampling', '0.5', '--steps', '8', '--teacher', '10'];
    const example = new URL('./06-privacy-and-utility.ts', import.meta.url);
    const lines = await linesOf(example, ...size, '--epsilon', '8', '--released', 'core');
    const row = lines.at(-1)!.split(' | ');
    // Three convolutions: 24 x 6 x 8 + 8, 16 x 8 x 16 + 16 and 8 x 16 x 24 + 24 parameters.
    expect(row.slice(0, 3)).toEqual(['| 8', 'core', '6320']);
    const [noiseMultiplier, ratio] = row.slice(3, 5).map(Number);
    expect(noiseMultiplier! * Math.sqrt(6320)).toBeCloseTo(ratio! * 0.5 * 12, -1);
    expect(
      row
        .slice(5, 7)
        .map(Number)
        .every((figure) => figure > 0 && figure < 1),
    ).toBe(true);
  });
});
