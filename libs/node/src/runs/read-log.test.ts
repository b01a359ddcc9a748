import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { claimFolder } from '../files/claim-folder.js';
import { collect } from '../testing/collect.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { logLineText, readLog } from './read-log.js';

const never = new AbortController().signal;

async function runWith(log: string): Promise<{ readonly run: string; readonly events: string }> {
  const run = join(await temporaryFolder(), 'run');
  const events = join(run, 'events.log');
  await mkdir(run);
  await writeFile(join(run, 'study.json'), '{}');
  await writeFile(events, log);
  return { run, events };
}

it('reads the whole lines of a log', async () => {
  const { run } = await runWith('{"a":1}\nü\n{"cut":');
  expect(await collect(readLog(run, { follow: false, signal: never }))).toEqual(['{"a":1}', 'ü']);
});

it('follows a log as long as a process works on the run, and misses nothing', async () => {
  const { run, events } = await runWith('one\ntw');
  const claim = await claimFolder(run);
  const lines = readLog(run, { follow: true, signal: never });
  expect(await lines.next()).toEqual({ done: false, value: 'one' });
  const second = lines.next();
  await appendFile(events, 'o\n');
  expect(await second).toEqual({ done: false, value: 'two' });
  const third = lines.next();
  await appendFile(events, 'three\n');
  await claim[Symbol.asyncDispose]();
  expect(await third).toEqual({ done: false, value: 'three' });
  expect(await lines.next()).toEqual({ done: true, value: undefined });
});

it('stops following when it is told to', async () => {
  const { run } = await runWith('');
  const claim = await claimFolder(run);
  const stop = new AbortController();
  const next = readLog(run, { follow: true, signal: stop.signal }).next();
  stop.abort(new Error('enough'));
  await expect(next).rejects.toThrow('enough');
  await claim[Symbol.asyncDispose]();
});

it('refuses a folder that holds no run of a study', async () => {
  const folder = await temporaryFolder();
  const read = async (): Promise<unknown> => readLog(folder, { follow: false, signal: never }).next();
  await expect(read()).rejects.toThrow(`${folder}: expected the folder of a run of a study, found none of experiment.json`);
  await writeFile(join(folder, 'tasks.json'), '{}');
  await expect(read()).rejects.toThrow('expected the folder of a run of a study, found the run of several tasks');
});

it.runIf(process.platform !== 'win32')('refuses what is no file in the place of the log, and waits for no pipe', async () => {
  const { run, events } = await runWith('');
  for (const [command, found] of [['mkdir', 'a folder'], ['mkfifo', 'a device, a pipe or a socket']] as const) {
    await rm(events, { recursive: true });
    expect(spawnSync(command, [events]).status).toBe(0);
    const read = readLog(run, { follow: false, signal: never }).next();
    await expect(read).rejects.toThrow(`${events}: expected the log of a run, found ${found}`);
  }
});

it('tells each line on one line that no terminal acts on, whatever is in it', () => {
  const time = '2026-03-05T18:04:10.500Z';
  const left = { time, event: 'client-left', client: 'an\u202en', reason: 'a\u001b[2K\r\n+ ben joined\u2028\u009b1A' };
  expect(logLineText(JSON.stringify(left))).toBe('2026-03-05 18:04:10  - an n left: a [2K + ben joined 1A');
  expect(logLineText(JSON.stringify({ ...left, time: '\u001b[2J\n', event: 'x\ny' }))).not.toMatch(/[\p{C}\p{Zl}]/u);
  expect(logLineText('{"time":\u001b[2J\u200b')).toBe('damaged line: {"time": [2J ');
});

it('tells a line with its time, and leaves a damaged one as it is', () => {
  const line = '{"time":"2026-03-05T18:04:10.500Z","event":"client-left","client":"ann","reason":"it left"}';
  expect(logLineText(line)).toBe('2026-03-05 18:04:10  - ann left: it left');
  expect(logLineText('{"time":')).toBe('damaged line: {"time":');
});
