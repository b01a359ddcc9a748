import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway, startGaitway, startGaitwayUntil, type GaitwayProcess } from './testing/gaitway-process.js';
import { refusalOf } from './testing/refusal.js';
import { bitsOf, gate, joinAs, names, writeStudy, type Gate } from './testing/small-federation.js';
import { temporaryFolder } from './testing/temporary-folder.js';
import { writeTinyStudy } from './testing/tiny-study.js';

interface Federation {
  /** Folder that contains the run's folder. */
  readonly folder: string;
  readonly run: string;
  readonly url: string;
  readonly coordinator: GaitwayProcess;
  /** Starts the coordinator again at the same address. */
  readonly startAgain: () => GaitwayProcess;
}

async function federate(gates?: ReadonlyMap<string, Gate>): Promise<Federation> {
  const place = await writeStudy();
  const folder = join(place.folder, 'runs');
  const run = join(folder, 'small');
  const where = ['--data', place.data, '--run', run, '--backend', 'cpu'];
  const start = (port: string): GaitwayProcess => startGaitway('coordinator', place.study, ...where, '--port', port);
  const coordinator = start('0');
  const [, url = ''] = await coordinator.says(/is open at (\S+)/);
  if (gates) {
    names.forEach((name) => joinAs(url, name, { gates }));
  }
  return { folder, run, url, coordinator, startAgain: () => start(new URL(url).port) };
}

let known: Promise<unknown> | undefined;

/** The bits of an undisturbed run. */
function undisturbed(): Promise<unknown> {
  known ??= federate(new Map()).then(async ({ run, coordinator }) => {
    expect(await coordinator.ended).toMatchObject({ code: 0 });
    return bitsOf(run);
  });
  return known;
}

async function ready(url: string): Promise<unknown> {
  return (await fetch(`${url}/ready`)).json();
}

/** What `gaitway runs` says about the only run in a folder. */
async function entryIn(folder: string): Promise<unknown> {
  const { runs } = JSON.parse((await gaitway('runs', folder, '--json')).stdout) as {
    readonly runs: readonly unknown[];
  };
  expect(runs).toHaveLength(1);
  return runs[0];
}

async function runEventsOf(run: string): Promise<readonly string[]> {
  const log = await readFile(join(run, 'events.log'), 'utf8');
  return [...log.matchAll(/"event":"(run-[a-z]+)"/g)].map(([, event = '']) => event);
}

/** A coordinator that was asked to pause in the first round of its clients, and has paused. */
async function pausedFederation(): Promise<Federation> {
  const held = gate();
  const federation = await federate(new Map([['cid 1', held]]));
  await held.reached;
  expect(await gaitway('pause', federation.run)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('pauses after the current round'),
  });
  expect(await ready(federation.url)).toMatchObject({ status: 'running' });
  expect(await entryIn(federation.folder)).toMatchObject({ status: 'running', pause: true, stage: 'teacher' });
  held.open();
  await federation.coordinator.says(/^The run is paused\. Resume it with: gaitway resume /m);
  return federation;
}

describe('a run that is paused', () => {
  it('rests after the round, keeps its clients, and ends with the same bits', async () => {
    const { folder, run, url, coordinator } = await pausedFederation();
    expect(await ready(url)).toEqual({ study: 'small', status: 'paused', clients: 3 });
    expect(await entryIn(folder)).toMatchObject({ kind: 'coordinator', status: 'paused', stage: 'student', round: 1 });
    expect(await gaitway('pause', run)).toEqual({
      code: 2,
      stdout: '',
      stderr: `${run}: expected a run that is not paused, found one that is\n`,
    });
    expect(await gaitway('resume', run, '--json')).toMatchObject({
      code: 0,
      stdout: `${JSON.stringify({ run, running: true })}\n`,
    });
    await coordinator.says(/^student 2\/2: /m);
    expect(await coordinator.ended).toMatchObject({ code: 0 });
    expect(await bitsOf(run)).toEqual(await undisturbed());
    expect(await runEventsOf(run)).toEqual(['run-started', 'run-paused', 'run-unpaused', 'run-finished']);
    const { stdout } = await gaitway('logs', run);
    expect(stdout.match(/ joined/g)).toHaveLength(3);
    expect(stdout).not.toContain(' left: ');
    expect(await gaitway('resume', run)).toMatchObject({
      code: 2,
      stderr: `${run}: expected a run that is not finished, found one that is\n`,
    });
  });

  it('stays paused over a kill and a start, and ends with the same bits', async () => {
    const { folder, run, coordinator, startAgain } = await pausedFederation();
    coordinator.kill();
    await coordinator.ended;
    expect(await entryIn(folder)).toMatchObject({ status: 'interrupted', pause: true });
    expect((await gaitway('runs', folder)).stdout).toMatch(
      /small +coordinator +small +interrupted, paused +student 1\/2/,
    );
    const again = startAgain();
    await again.says(/^Resuming the run in .* after round 1 of stage "student"/m);
    await again.says(/^The run is paused\./m);
    expect(await gaitway('resume', run)).toMatchObject({ code: 0, stdout: 'The run continues.\n' });
    expect(await again.ended).toMatchObject({ code: 0 });
    expect(await bitsOf(run)).toEqual(await undisturbed());
  });

  it('can be a simulation, and one that is not running', async () => {
    const { folder, study, data } = await writeTinyStudy();
    const simulation = (name: string): readonly string[] => [
      ...['simulate', study, '--data', data, '--run', join(folder, name)],
      ...['--backend', 'wasm', '--workers', '1', '--json'],
    ];
    const run = join(folder, 'paused');
    await startGaitwayUntil(/^student 1\/2: /m, ...simulation('paused')).ended;
    expect(await gaitway('pause', run)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('will be paused when it is started again'),
    });
    const again = startGaitway(...simulation('paused'));
    await again.says(/^The run is paused\./m);
    await gaitway('resume', run);
    expect((await again.ended).code).toBe(0);
    expect((await gaitway(...simulation('undisturbed'))).code).toBe(0);
    expect(await bitsOf(run)).toEqual(await bitsOf(join(folder, 'undisturbed')));
  });
});

describe('gaitway logs --follow', () => {
  it('ends when nobody reads it any more', async () => {
    const { run, url, coordinator } = await federate();
    await coordinator.says(/^… waiting for 3 more clients/m);
    const reader = startGaitway('logs', run, '--follow');
    await reader.says(/study "small" began/);
    reader.stopReading();
    joinAs(url, 'ann', { gates: new Map() });
    joinAs(url, 'ben', { gates: new Map() });
    expect(await reader.ended).toMatchObject({ code: 0, stderr: '' });
    expect(await ready(url)).toMatchObject({ status: 'waiting' });
  });
});

describe('gaitway stop', () => {
  it('ends the process that works on a run, which can then go on', async () => {
    const { folder, run, coordinator, startAgain } = await federate();
    await coordinator.says(/^… waiting for 3 more clients/m);
    expect(await entryIn(folder)).toMatchObject({ status: 'waiting', stage: 'teacher', process: expect.any(Object) });
    const following = gaitway('logs', run, '--follow');
    expect(await gaitway('stop', run)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Process \d+ is told to stop; .*\nProcess \d+ has ended\. Resume .* --run /),
    });
    expect((await coordinator.ended).code).toBe(130);
    const log = await following;
    expect(log.code).toBe(0);
    expect(log.stdout).toMatch(/^2\d{3}-\d\d-\d\d \d\d:\d\d:\d\d  study "small" began with gaitway coordinator: /);
    expect(log.stdout).toMatch(/ {2}the run stopped: interrupted\n$/);
    expect(await entryIn(folder)).toMatchObject({ status: 'interrupted' });
    expect(await gaitway('stop', run)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no process on this machine is running it'),
    });
    await startAgain().says(/^Resuming the run /m);
  });

  it('is refused where the process is on another machine, or has exited without recording a reason', async () => {
    const { run, coordinator } = await federate();
    await coordinator.says(/^… waiting for 3 more clients/m);
    coordinator.kill();
    await coordinator.ended;
    expect(await gaitway('stop', run)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/process \d+ exited without recording a reason; the run can be resumed\n$/),
    });
    const note = (await readdir(run)).find((name) => name.startsWith('running-'))!;
    const claim = JSON.parse(await readFile(join(run, note), 'utf8')) as object;
    await writeFile(join(run, note), JSON.stringify({ ...claim, host: 'elsewhere' }));
    expect(await gaitway('stop', run)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/process \d+ on elsewhere is running it: stop it there\n$/),
    });
  });
});

describe('a folder without a run', () => {
  it.each(['stop', 'pause', 'resume'])('is refused by gaitway %s', async (command) => {
    const folder = await temporaryFolder();
    expect(await refusalOf(command, folder)).toEqual({
      exitCode: 2,
      message: expect.stringContaining(`${folder}: expected the folder of a run`),
    });
  });
});
