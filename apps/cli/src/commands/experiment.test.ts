import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { gaitway, startGaitway, startGaitwayUntil } from '../testing/gaitway-process.js';
import { writeTinyExperiment, type TinyExperiment } from '../testing/tiny-experiment.js';

const textOf = (...path: readonly string[]): Promise<string> => readFile(join(...path), 'utf8');

/** Arguments of `gaitway` for the experiment in a folder of that name. */
function argumentsFor({ experiment, data, folder }: TinyExperiment, run: string): readonly string[] {
  return ['experiment', experiment, '--data', data, '--run', join(folder, run)];
}

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
      stderr: `${join(tiny.folder, 'lost.yaml')}: expected a study file, but there is none\n`,
    });
    expect(await readdir(tiny.folder)).not.toContain('run');
  });
});
