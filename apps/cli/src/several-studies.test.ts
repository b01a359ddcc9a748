import { fail, handMade } from '@gaitway/core/testing/hand-made';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway, startGaitway, type GaitwayProcess } from './testing/gaitway-process.js';
import { bitsOf, gate, joinAs, joinWith, names, writeStudy, writeVariant } from './testing/small-federation.js';

interface Studies {
  readonly runs: string;
  readonly data: string;
  readonly walks: string;
  readonly steps: string;
  /** A study whose only client fails. */
  readonly lost: string;
}

async function writeStudies(): Promise<Studies> {
  const { folder, data } = await writeStudy();
  const stages = [
    {
      name: 'student',
      where: 'clients',
      objective: 'supervised',
      rounds: 1,
      steps: 1,
      cohort: { minimum: 1, quorum: 1 },
    },
  ];
  return {
    runs: join(folder, 'runs'),
    data,
    walks: await writeVariant(folder, { name: 'walks', seed: 3 }),
    steps: await writeVariant(folder, { name: 'steps', seed: 4 }),
    lost: await writeVariant(folder, { name: 'lost', stages } as object),
  };
}

function coordinator(studies: readonly string[], data: string, run: string): GaitwayProcess {
  return startGaitway('coordinator', ...studies, '--data', data, '--run', run, '--backend', 'cpu', '--port', '0');
}

async function addressOf(process: GaitwayProcess, study: string): Promise<string> {
  const [, url = ''] = await process.says(new RegExp(`${study}.* is open at (\\S+)`));
  return url;
}

/** The bits of a study that has a coordinator of its own, which the study's path leads to as well. */
async function bitsAlone(study: string, data: string, run: string): Promise<unknown> {
  const alone = coordinator([study], data, run);
  const url = await addressOf(alone, 'Study');
  const [ann, ...others] = names;
  joinAs(url, ann);
  others.forEach((name) => joinAs(`${url}/${basename(run)}`, name));
  expect(await alone.ended).toMatchObject({ code: 0 });
  return bitsOf(run);
}

describe('a coordinator of several studies', () => {
  it('ends each with the bits that it has alone, with the same clients in both', async () => {
    const { runs, data, walks, steps } = await writeStudies();
    const both = coordinator([walks, steps], data, runs);
    const urls = [await addressOf(both, 'walks'), await addressOf(both, 'steps')];
    expect(urls.map((url) => new URL(url).pathname)).toEqual(['/walks', '/steps']);
    const clients = urls.flatMap((url) => names.map((name) => joinAs(url, name)));
    expect(await Promise.all(clients.map(({ ending }) => ending))).toEqual(Array(6).fill('finished'));
    const { code, stdout } = await both.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\[steps\] student 2\/2: 3 answered/m);
    for (const [name, study] of Object.entries({ walks, steps })) {
      expect(await bitsOf(join(runs, name))).toEqual(await bitsAlone(study, data, join(runs, 'alone', name)));
    }
    const again = await gaitway('coordinator', walks, steps, '--data', data, '--run', runs, '--port', '0', '--json');
    expect(again).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^\[walks\] The run in .* is finished already\.$/m),
    });
    expect(JSON.parse(again.stdout)).toMatchObject({ studies: [{ name: 'walks' }, { name: 'steps' }] });
  });

  it('goes on with one when another cannot, and ends with the worst', async () => {
    const { runs, data, walks, lost } = await writeStudies();
    const both = coordinator([lost, walks], data, runs);
    const [lostUrl, url] = [await addressOf(both, 'lost'), await addressOf(both, 'walks')];
    const failing = joinWith(lostUrl, 'ann', handMade(fail));
    await both.says(/^\[lost\] The study ended: No round of stage "student" was completed/m);
    expect(await failing.ending).toBe('dismissed');
    expect(await joinAs(lostUrl, 'ben').ending).toBe('dismissed');
    names.forEach((name) => joinAs(url, name));
    expect(await both.ended).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(/^lost: not finished\n\nwalks\n[^]*Report: /m),
      stderr: expect.stringContaining('The study stopped: No round'),
    });
    const { stdout } = await gaitway('runs', runs, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      runs: expect.arrayContaining([
        expect.objectContaining({ name: 'lost', status: 'failed' }),
        expect.objectContaining({ name: 'walks', status: 'finished' }),
      ]),
    });
  });

  it('stops one alone when told so, goes on with the others, and takes it up when it is started again', async () => {
    const { runs, data, walks, steps } = await writeStudies();
    const both = coordinator([walks, steps], data, runs);
    const [walksUrl, stepsUrl] = [await addressOf(both, 'walks'), await addressOf(both, 'steps')];
    const held = gate();
    names.forEach((name) => joinAs(walksUrl, name, { gates: new Map([['cid 2', held]]) }));
    await held.reached;
    expect(await gaitway('stop', join(runs, 'walks'))).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Process \d+ is told to stop this run alone; .*\nThe run has stopped\. /),
    });
    await both.says(/^\[walks\] The study ended: interrupted/m);
    expect(await (await fetch(`${walksUrl}/ready`)).json()).toMatchObject({ status: 'stopped' });
    expect(await gaitway('stop', join(runs, 'walks'))).toMatchObject({ code: 2 });
    names.forEach((name) => joinAs(stepsUrl, name));
    const { code, stdout } = await both.ended;
    expect(code).toBe(130);
    expect(stdout).toMatch(/\nwalks: not finished\n\nsteps\n/);
    held.open();
    const again = coordinator([walks, steps], data, runs);
    const url = await addressOf(again, 'walks');
    await again.says(/^\[walks\] Resuming the run in .* after round 1 of stage "student"/m);
    names.forEach((name) => joinAs(url, name));
    expect(await again.ended).toMatchObject({ code: 0 });
    expect(await bitsOf(join(runs, 'walks'))).toEqual(await bitsAlone(walks, data, join(runs, 'alone', 'walks')));
  });

  it('refuses a client that names no study, and says which there are', async () => {
    const { runs, data, walks, steps } = await writeStudies();
    const both = coordinator([walks, steps], data, runs);
    const { origin } = new URL(await addressOf(both, 'walks'));
    for (const path of ['', '/sleep/']) {
      expect(await gaitway('client', `${origin}${path}`, '--data', data, '--name', 'ann')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('there is no study at this address, but "walks" at /walks, "steps" at /steps'),
      });
    }
    both.interrupt();
    expect((await both.ended).code).toBe(130);
  });
});
