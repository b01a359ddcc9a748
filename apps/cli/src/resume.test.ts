import { execFileSync } from 'node:child_process';
import { existsSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { readFile, watch } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway, startGaitway, type GaitwayProcess } from './testing/gaitway-process.js';
import { accepted, bitsOf, gate, joinAs, names, writeStudy, type Place } from './testing/small-federation.js';

/** A run with its coordinator, which can be killed and started again at the same address. */
interface Federation {
  readonly run: string;
  readonly url: string;
  readonly coordinator: GaitwayProcess;
  /** Sends SIGKILL; resolves when the process has ended. */
  readonly kill: () => Promise<void>;
  readonly startAgain: () => Promise<GaitwayProcess>;
}

async function federate({ folder, study: file, data }: Place): Promise<Federation> {
  const run = join(folder, 'run');
  const start = (port: string): GaitwayProcess =>
    startGaitway('coordinator', file, '--data', data, '--run', run, '--backend', 'cpu', '--port', port);
  const coordinator = start('0');
  const [, url = ''] = await coordinator.says(/is open at (\S+)/);
  return {
    run,
    url,
    coordinator,
    kill: async () => {
      coordinator.kill();
      expect((await coordinator.ended).code).toBeNull();
    },
    startAgain: async () => {
      const again = start(new URL(url).port);
      await again.says(/^Resuming the run in /m);
      return again;
    },
  };
}

let known: Promise<unknown> | undefined;

/** The bits of an undisturbed run. */
function undisturbed(): Promise<unknown> {
  known ??= writeStudy().then(async (place) => {
    const { run, url, coordinator } = await federate(place);
    names.forEach((name) => joinAs(url, name));
    expect(await coordinator.ended).toMatchObject({ code: 0 });
    return bitsOf(run);
  });
  return known;
}

/** Waits until a matching name appears in a folder. */
async function appears(folder: string, name: RegExp): Promise<void> {
  const stop = new AbortController();
  const changes = watch(folder, { signal: stop.signal });
  try {
    for await (const { filename } of changes) {
      if (name.test(filename ?? '')) {
        return;
      }
    }
  } finally {
    stop.abort();
  }
}

/** Replaces a path, so that a process that opens it for writing waits there for ever. */
function block(path: string): () => void {
  renameSync(path, `${path}.kept`);
  execFileSync('mkfifo', [path]);
  return () => {
    rmSync(path);
    renameSync(`${path}.kept`, path);
  };
}

async function expectSameBits(again: GaitwayProcess, run: string): Promise<void> {
  expect(await again.ended).toMatchObject({ code: 0 });
  expect(await bitsOf(run)).toEqual(await undisturbed());
  expect(existsSync(join(run, 'state'))).toBe(false);
}

describe.skipIf(process.platform === 'win32')('a coordinator that is killed and started again', () => {
  it('ends with the same bits when it was killed before it sent the tasks of a round', async () => {
    const gates = new Map([['ben 1', gate()]]);
    const { run, url, coordinator, kill, startAgain } = await federate(await writeStudy());
    const [ann, ben, cid] = names.map((name) => joinAs(url, name, { gates }));
    await accepted(url, 2);
    ann!.leave();
    await coordinator.says(/^- ann left/m);
    gates.get('ben 1')!.open();
    // Round 2 needs three clients, so it waits for ann.
    await coordinator.says(/^student 1\/2: /m);
    await kill();
    const again = await startAgain();
    const back = joinAs(url, 'ann');
    await expectSameBits(again, run);
    expect(await Promise.all([back, ben!, cid!].map(({ ending }) => ending))).toEqual(Array(3).fill('finished'));
  });

  it('ends with the same bits when it was killed with half of the answers in', async () => {
    const gates = new Map(['ben 2', 'cid 2'].map((name) => [name, gate()]));
    const { run, url, kill, startAgain } = await federate(await writeStudy());
    names.forEach((name) => joinAs(url, name, { gates }));
    await Promise.all([...gates.values()].map(({ reached }) => reached));
    await accepted(url, 4);
    await kill();
    gates.forEach(({ open }) => {
      open();
    });
    await expectSameBits(await startAgain(), run);
  });

  it('ends with the same bits when it was killed with all answers in and nothing saved', async () => {
    const gates = new Map([['cid 2', gate()]]);
    const { run, url, kill, startAgain } = await federate(await writeStudy());
    names.forEach((name) => joinAs(url, name, { gates }));
    await gates.get('cid 2')!.reached;
    const unblock = block(join(run, 'rounds.jsonl'));
    gates.get('cid 2')!.open();
    await accepted(url, 6);
    await kill();
    unblock();
    await expectSameBits(await startAgain(), run);
  });

  it('ends with the same bits when it was killed with a round asked for and the one before it not saved', async () => {
    const gates = new Map(['cid 1', 'cid 2'].map((name) => [name, gate()]));
    const { run, url, kill, startAgain } = await federate(await writeStudy());
    names.forEach((name) => joinAs(url, name, { gates }));
    await gates.get('cid 1')!.reached;
    const unblock = block(join(run, 'rounds.jsonl'));
    gates.get('cid 1')!.open();
    await gates.get('cid 2')!.reached;
    await kill();
    unblock();
    gates.get('cid 2')!.open();
    await expectSameBits(await startAgain(), run);
  });

  it('ends with the same bits when it was killed while it saved a round', async () => {
    const gates = new Map([['cid 2', gate()]]);
    const { run, url, kill, startAgain } = await federate(await writeStudy());
    names.forEach((name) => joinAs(url, name, { gates }));
    await gates.get('cid 2')!.reached;
    const saving = appears(join(run, 'state'), /^3\.state/);
    gates.get('cid 2')!.open();
    await saving;
    await kill();
    await expectSameBits(await startAgain(), run);
  });

  it('ends with the same bits when half of the state that it was saving is on the disk', async () => {
    const gates = new Map([['cid 2', gate()]]);
    const { run, url, coordinator, kill, startAgain } = await federate(await writeStudy());
    names.forEach((name) => joinAs(url, name, { gates }));
    await gates.get('cid 2')!.reached;
    await coordinator.says(/^student 1\/2: /m);
    const saved = appears(join(run, 'state'), /^3\.state$/);
    const unblock = block(join(run, 'events.log'));
    gates.get('cid 2')!.open();
    await saved;
    await kill();
    unblock();
    const state = join(run, 'state', '3.state');
    truncateSync(state, Math.floor(statSync(state).size / 2));
    await expectSameBits(await startAgain(), run);
    expect(await readFile(join(run, 'events.log'), 'utf8')).toContain('"event":"state-damaged"');
  });

  it('ends with the same bits when it was killed once a round was saved, before it said so', async () => {
    const gates = new Map([['cid 2', gate()]]);
    const { run, url, coordinator, kill, startAgain } = await federate(await writeStudy());
    names.forEach((name) => joinAs(url, name, { gates }));
    await gates.get('cid 2')!.reached;
    await coordinator.says(/^student 1\/2: /m);
    const unblock = block(join(run, 'events.log'));
    const saved = appears(join(run, 'state'), /^3\.state$/);
    gates.get('cid 2')!.open();
    await saved;
    await kill();
    unblock();
    await expectSameBits(await startAgain(), run);
  });

  it('keeps others out of the run while it lives', async () => {
    const place = await writeStudy();
    const { run } = await federate(place);
    const second = await gaitway('coordinator', place.study, '--data', place.data, '--run', run, '--port', '0');
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(
      `${join(run, 'keys')}: expected a folder in which no other process works, found process`,
    );
  });
});
