import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleExperiment } from '../testing/sample-experiment.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { openExperimentFolder } from './experiment-folder.js';
import type { Experiment, Method } from './experiment.js';

describe("an experiment's folder", () => {
  it('is for one process at a time, and free again when it ends', async () => {
    const folder = join(await temporaryFolder(), 'run');
    const opened = await openExperimentFolder(folder, sampleExperiment);
    const finishing = join(opened.folder.unfinished, 'cell');
    await writeFile(finishing, '');
    await expect(openExperimentFolder(folder, sampleExperiment)).rejects.toThrow('in which no other process works');
    expect(await readdir(opened.folder.unfinished)).toEqual(['cell']);
    await opened[Symbol.asyncDispose]();
    expect((await readdir(folder)).sort()).toEqual(['cells', 'experiment.json', 'unfinished']);
    const again = await openExperimentFolder(folder, sampleExperiment);
    expect(await readdir(again.folder.unfinished)).toEqual([]);
  });

  it('stays free where it is refused to another experiment', async () => {
    const folder = await temporaryFolder();
    const opened = await openExperimentFolder(folder, sampleExperiment);
    await opened[Symbol.asyncDispose]();
    await expect(openExperimentFolder(folder, { ...sampleExperiment, name: 'other' })).rejects.toThrow(
      'choose another folder',
    );
    await expect(openExperimentFolder(folder, sampleExperiment)).resolves.toBeDefined();
  });

  it('goes on with more seeds, label budgets and methods, and with the same methods only', async () => {
    const folder = await temporaryFolder();
    const begin = async (experiment: Experiment): Promise<void> => {
      await (await openExperimentFolder(folder, experiment))[Symbol.asyncDispose]();
    };
    const [first, ...others] = sampleExperiment.methods;
    await begin({ ...sampleExperiment, methods: others });
    await begin({ ...sampleExperiment, seeds: [1, 2, 7], windowsPerClass: [3], reference: [] });
    // A method that was added later is as fixed as one that was there from the beginning.
    await expect(begin({ ...sampleExperiment, methods: others })).rejects.toThrow(
      `methods.${first!.name}: expected it as the experiment began, found nothing`,
    );
    const changed = { ...first!, study: { other: true } } as unknown as Method;
    await expect(begin({ ...sampleExperiment, methods: [changed, ...others], backend: 'cpu' })).rejects.toThrow(
      new RegExp(`backend: expected .*, found "cpu".*methods.${first!.name}: expected it .* found another`, 's'),
    );
  });

  it('goes on with more splits, and with the same ones only', async () => {
    const folder = await temporaryFolder();
    const begin = async (changes: Partial<Experiment>): Promise<void> => {
      await (await openExperimentFolder(folder, { ...sampleExperiment, ...changes }))[Symbol.asyncDispose]();
    };
    const splits = ['a', 'b'].map((name) => ({ name, labelled: ['2'], test: ['1'] }));
    await begin({ splits: splits.slice(0, 1) });
    await begin({ splits, compare: [{ method: 'central', against: 'selfhar' }] });
    await expect(begin({ splits: [{ ...splits[0]!, labelled: ['3'] }] })).rejects.toThrow(
      /splits\.a: expected it as the experiment began, found another.*splits\.b: expected .* found nothing/s,
    );
    await expect(begin({})).rejects.toThrow('splits.a: expected it as the experiment began, found nothing');
    const whole = await temporaryFolder();
    await (await openExperimentFolder(whole, sampleExperiment))[Symbol.asyncDispose]();
    await expect(openExperimentFolder(whole, { ...sampleExperiment, splits })).rejects.toThrow(
      'splits: expected none, as the experiment began, found some',
    );
  });

  it("is not a run's", async () => {
    const folder = await temporaryFolder({ 'result.json': '{}' });
    await expect(openExperimentFolder(folder, sampleExperiment)).rejects.toThrow('found a finished run');
    expect(await readdir(folder)).toEqual(['result.json']);
  });
});
