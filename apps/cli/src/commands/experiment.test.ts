import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { gaitway, startGaitway, startGaitwayUntil } from '../testing/gaitway-process.js';
import { type TinyExperiment, writeTinyExperiment } from '../testing/tiny-study.js';

interface Split {
  readonly labelled: readonly string[];
  readonly test: readonly string[];
}

const textOf = (...path: readonly string[]): Promise<string> => readFile(join(...path), 'utf8');

/** Arguments of `gaitway` for the experiment in a folder of that name. */
function argumentsFor({ experiment, data, folder }: TinyExperiment, run: string): readonly string[] {
  return ['experiment', experiment, '--data', data, '--run', join(folder, run)];
}

/** Two methods that share two cells: two people are labelled and tested in turn. */
const onSplits = {
  windowsPerClass: undefined,
  draws: { labelled: 1, test: [['person-01'], ['person-02']], count: 2, seed: 1 },
  methods: {
    teacher: { study: 'on-splits.json', stage: 'teacher' },
    final: { study: 'on-splits.json' },
  },
  compare: [{ method: 'final', against: 'teacher' }],
};

/** Two cells that take a few seconds each. */
const twoSeeds = { seeds: [1, 2], windowsPerClass: [3], methods: { supervised: { study: 'supervised.json' } } };

describe('gaitway experiment', () => {
  it('runs each cell in a folder of its own and leaves a table and a page', async () => {
    const tiny = await writeTinyExperiment();
    const run = join(tiny.folder, 'run');
    const { code, stdout } = await gaitway(...argumentsFor(tiny, 'run'), '--workers', '2', '--json');
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as { readonly cells: readonly Record<string, unknown>[] };
    expect(document.cells.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['supervised-w1-seed1', 'finished'],
      ['selfhar-w1-seed1', 'finished'],
      ['supervised-w4-seed1', 'finished'],
      ['selfhar-w4-seed1', 'finished'],
    ]);
    expect((await readdir(run)).sort()).toEqual([
      'cells',
      'experiment.html',
      'experiment.json',
      'result.json',
      'table.csv',
    ]);
    const study = JSON.parse(await textOf(run, 'cells', 'selfhar-w4-seed1', 'study.json')) as object;
    expect(study).toMatchObject({ study: { seed: 1, people: { labelledWindows: { perClass: 4 } } } });
    expect(await textOf(run, 'table.csv')).toMatch(
      /^method,.*\nsupervised,1,1,.*\nsupervised,4,1,.*\nselfhar,1,1,.*\n/,
    );
    expect(await textOf(run, 'experiment.html')).toMatch(/^<!doctype html>[^]*<\/html>\s*$/i);
  });

  it('compares a pipeline with a study, on the same people', async () => {
    const methods = { supervised: { study: 'supervised.json' }, central: { pipeline: 'pipeline.json' } };
    const tiny = await writeTinyExperiment({ windowsPerClass: [2], test: ['person-01'], methods });
    const step = { type: 'har_full_train', tag: 'full', epochs: 1, eval_har: true };
    await writeFile(join(tiny.folder, 'pipeline.json'), JSON.stringify({ tag: 'central', experiment_configs: [step] }));
    const { code, stdout } = await gaitway(...argumentsFor(tiny, 'run'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^central {6}0\.\d{3}/m);
    const result = JSON.parse(await textOf(tiny.folder, 'run', 'cells', 'central-w2-seed1', 'result.json')) as object;
    expect(result).toMatchObject({ seed: 1, windowsPerClass: 2, testPeople: ['person-01'], backend: 'wasm' });
  });

  it('draws splits, runs each once for all methods of a study, and compares them', async () => {
    const tiny = await writeTinyExperiment(onSplits);
    const run = join(tiny.folder, 'run');
    const { code, stdout } = await gaitway(...argumentsFor(tiny, 'run'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^draw2: labelled person-0\d; test person-02$/m);
    expect(stdout).toMatch(/^teacher-draw1-seed1: weighted F1 teacher 0\.\d{3}, final 0\.\d{3}, .* \([12] of 2/m);
    expect(stdout).toMatch(/^final against teacher {3}[+−]0\.\d{3} \[/m);
    expect((await readdir(join(run, 'cells'))).sort()).toEqual(['teacher-draw1-seed1', 'teacher-draw2-seed1']);
    const { experiment } = JSON.parse(await textOf(run, 'experiment.json')) as { experiment: { splits: Split[] } };
    const study = JSON.parse(await textOf(run, 'cells', 'teacher-draw2-seed1', 'study.json')) as object;
    const { labelled, test } = experiment.splits[1]!;
    expect(test).toEqual(['person-02']);
    expect(study).toMatchObject({ study: { people: { labelled, test, clients: 'rest' } } });
    const table = await textOf(run, 'table.csv');
    expect(
      table.split('\n').map((line) =>
        line
          .split(',')
          .filter((_, column) => [0, 12, 13].includes(column))
          .join(),
      ),
    ).toEqual([
      'method,split,cell',
      'teacher,draw1,teacher-draw1-seed1',
      'teacher,draw2,teacher-draw2-seed1',
      'final,draw1,teacher-draw1-seed1',
      'final,draw2,teacher-draw2-seed1',
      '',
    ]);
    const result = JSON.parse(await textOf(run, 'result.json')) as Record<'means' | 'comparisons', readonly object[]>;
    expect(result.means).toEqual(
      ['teacher', 'final'].map((method): unknown =>
        expect.objectContaining({ method, cells: 2, clientWeightedF1: expect.any(Number) }),
      ),
    );
    expect(result.comparisons).toEqual([
      {
        ...onSplits.compare[0],
        test: expect.objectContaining({ tests: 2, people: 2 }),
        clients: expect.objectContaining({ tests: 2 }),
      },
    ]);
  });

  it('keeps a shared run when another method of its study comes first, and says which figures it does not have', async () => {
    const { teacher, final } = onSplits.methods;
    const tiny = await writeTinyExperiment({ ...onSplits, methods: { final }, compare: undefined });
    expect((await gaitway(...argumentsFor(tiny, 'run'))).code).toBe(0);
    const baseline = { ...final, baseline: 'coin' };
    const grown = await writeTinyExperiment({ ...onSplits, methods: { teacher, final, baseline } });
    const going = await gaitway(...argumentsFor({ ...tiny, experiment: grown.experiment }, 'run'));
    expect(going).toMatchObject({ code: 1, stdout: expect.stringContaining('2 cells, 2 of them finished before') });
    expect(going.stderr).toMatch(/^final-draw1-seed1: failed: result\.json: expected a baseline "coin", found/m);
    expect(going.stderr).toContain('2 of 2 cells failed');
    const { cells } = JSON.parse(await textOf(tiny.folder, 'run', 'result.json')) as { cells: readonly object[] };
    expect(cells.slice(0, 3)).toEqual([
      expect.objectContaining({ id: 'final-draw1-seed1', method: 'teacher', outcome: 'finished' }),
      expect.objectContaining({ id: 'final-draw1-seed1', method: 'final', outcome: 'finished' }),
      expect.objectContaining({
        method: 'baseline',
        reason: expect.stringContaining('expected a baseline "coin", found'),
      }),
    ]);
  });

  it('goes on after it was killed, and ends with the same table as one that was not', async () => {
    const tiny = await writeTinyExperiment(twoSeeds);
    await startGaitwayUntil(/^supervised-w3-seed1: weighted F1/m, ...argumentsFor(tiny, 'killed'), '--workers', '1')
      .ended;
    expect(await readdir(join(tiny.folder, 'killed'))).not.toContain('table.csv');
    const again = await gaitway(...argumentsFor(tiny, 'killed'), '--workers', '1');
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('2 cells, 1 of them finished before') });
    await gaitway(...argumentsFor(tiny, 'undisturbed'));
    expect(await textOf(tiny.folder, 'killed', 'table.csv')).toBe(
      await textOf(tiny.folder, 'undisturbed', 'table.csv'),
    );
  });

  it('goes on with splits after it was killed, and ends with the same bytes of the table', async () => {
    const tiny = await writeTinyExperiment(onSplits);
    const killed = startGaitway(...argumentsFor(tiny, 'killed'), '--workers', '1');
    await killed.says(/^teacher-draw1-seed1: weighted F1/m);
    killed.kill();
    await killed.ended;
    const again = await gaitway(...argumentsFor(tiny, 'killed'), '--workers', '1');
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('2 cells, 1 of them finished before') });
    await gaitway(...argumentsFor(tiny, 'undisturbed'));
    const compared = async (run: string): Promise<unknown> => {
      const { means, comparisons } = JSON.parse(await textOf(tiny.folder, run, 'result.json')) as Record<
        string,
        unknown
      >;
      return { means, comparisons, table: await textOf(tiny.folder, run, 'table.csv') };
    };
    expect(await compared('killed')).toEqual(await compared('undisturbed'));
  });

  it('keeps finished cells when a seed is added, and refuses the folder of another experiment', async () => {
    const tiny = await writeTinyExperiment({ ...twoSeeds, seeds: [1] });
    await gaitway(...argumentsFor(tiny, 'run'));
    const grown = await writeTinyExperiment(twoSeeds);
    const going = await gaitway(...argumentsFor({ ...tiny, experiment: grown.experiment }, 'run'));
    expect(going).toMatchObject({ code: 0, stdout: expect.stringContaining('2 cells, 1 of them finished before') });
    const other = await writeTinyExperiment({ ...twoSeeds, name: 'other' });
    const { code, stderr } = await gaitway(...argumentsFor({ ...tiny, experiment: other.experiment }, 'run'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/run: another experiment was begun here, .*: name: expected "tiny", .*found "other"\n$/);
  });

  it('lets no second one into a folder in which one works', async () => {
    const methods = { selfhar: { study: 'study.json' } };
    const tiny = await writeTinyExperiment({ windowsPerClass: [1], methods }, { steps: 1_000_000 });
    const first = startGaitway(...argumentsFor(tiny, 'run'));
    await first.says(/^1 cells, 0 of them finished before$/m);
    const { code, stderr } = await gaitway(...argumentsFor(tiny, 'run'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/run: expected a folder in which no other process works, found process \d+ on .*, since 20/);
    first.interrupt();
    expect(await first.ended).toMatchObject({ code: 130 });
    expect(await readdir(join(tiny.folder, 'run'))).toEqual(['cells', 'experiment.json', 'unfinished']);
  });

  it('ends with 1 when a cell fails, after the others, and says why', async () => {
    const tiny = await writeTinyExperiment({ windowsPerClass: [1] }, { selection: { minimumConfidence: 1 } });
    const { code, stdout, stderr } = await gaitway(...argumentsFor(tiny, 'run'), '--json');
    expect(code).toBe(1);
    expect(stderr).toMatch(/1 of 2 cells failed; start again to try them once more\n$/);
    const { cells } = JSON.parse(stdout) as { readonly cells: readonly object[] };
    expect(cells).toEqual([
      expect.objectContaining({ id: 'supervised-w1-seed1', outcome: 'finished' }),
      expect.objectContaining({
        id: 'selfhar-w1-seed1',
        outcome: 'failed',
        reason: expect.stringMatching(/^exit code 3: The study stopped: No round of stage "student" was completed/),
      }),
    ]);
    expect(await textOf(tiny.folder, 'run', 'experiment.html')).toContain('1 cell failed');
  });

  it('ends its cells when somebody interrupts it', async () => {
    const methods = { selfhar: { study: 'study.json' }, supervised: { study: 'supervised.json' } };
    const tiny = await writeTinyExperiment({ windowsPerClass: [1], methods }, { steps: 1_000_000 });
    const experiment = startGaitway(...argumentsFor(tiny, 'run'), '--workers', '2');
    await experiment.says(/^supervised-w1-seed1: weighted F1/m);
    const unfinished = join(tiny.folder, 'run', 'unfinished');
    const [cell] = await readdir(unfinished);
    const events = join(unfinished, cell!, 'events.log');
    while (!existsSync(events)) {
      await nextTurn(); // The endless one has yet to begin its run.
    }
    experiment.interrupt();
    expect(await experiment.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('Interrupted.') });
    expect(await textOf(events)).toContain('"event":"run-stopped","reason":"interrupted"');
  });

  it('ends with 2 for an experiment that cannot work, before anything runs', async () => {
    const tiny = await writeTinyExperiment({ methods: { lost: { study: 'lost.yaml' } } });
    expect(await gaitway(...argumentsFor(tiny, 'run'))).toEqual({
      code: 2,
      stdout: '',
      stderr: `${join(tiny.folder, 'lost.yaml')}: expected a study file, found nothing\n`,
    });
    expect(await readdir(tiny.folder)).not.toContain('run');
  });
});
