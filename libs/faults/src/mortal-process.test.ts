import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Kill } from './kill.js';
import { startMortalProcess, type MortalProcessOptions } from './mortal-process.js';

/** Counts its lives in a file, says so, and ends by itself in the life that is given. */
async function counter(
  lastLife: number,
): Promise<{ readonly file: string; readonly command: readonly [string, ...string[]] }> {
  const folder = await mkdtemp(join(tmpdir(), 'gaitway-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'lives');
  await appendFile(file, '');
  const code = `
    const { appendFileSync, readFileSync } = require('node:fs');
    appendFileSync(${JSON.stringify(file)}, 'x');
    const life = readFileSync(${JSON.stringify(file)}, 'utf8').length;
    console.log('life ' + life);
    console.error('ready');
    console.log('ready');
    if (life >= ${lastLife}) process.exit(7);
    setInterval(() => undefined, 1000);`;
  return { file, command: [process.execPath, '-e', code] };
}

const killOf = (life: number, changes: Partial<Kill> = {}): Kill => ({
  process: 'one',
  life,
  line: 'ready',
  count: 2,
  milliseconds: 0,
  ...changes,
});

function start(options: Omit<MortalProcessOptions, 'name'>): ReturnType<typeof startMortalProcess> {
  const mortal = startMortalProcess({ name: 'one', ...options });
  onTestFinished(async () => {
    mortal.end();
    await mortal.ended;
  });
  return mortal;
}

describe('a mortal process', () => {
  it('is killed when it has said what the plan names, and started again until it ends by itself', async () => {
    const { file, command } = await counter(3);
    const log: Kill[] = [];
    const lines: string[] = [];
    const kills = [killOf(1), killOf(1, { process: 'another' }), killOf(2, { line: '' })];
    const { ended } = start({ command, kills, onKill: (kill) => log.push(kill), onLine: (line) => lines.push(line) });
    const { code, lives, said } = await ended;
    expect({ code, lives }).toEqual({ code: 7, lives: 3 });
    expect([...said].sort()).toEqual(['life 3', 'ready', 'ready']);
    expect(log).toEqual([kills[0], kills[2]]);
    expect(lines.filter((line) => line.startsWith('life'))).toEqual(['life 1', 'life 2', 'life 3']);
    expect(await readFile(file, 'utf8')).toBe('xxx');
  });

  it('is killed from its start on when the plan counts no lines', async () => {
    const { command } = await counter(99);
    let deaths = 0;
    const mortal = start({
      command,
      kills: [killOf(1, { count: 0 })],
      onKill: () => deaths++,
      onLine: () => {
        if (deaths > 0) {
          mortal.end(); // What it says now, it says in its second life.
        }
      },
    });
    expect(await mortal.ended).toMatchObject({ lives: 2 });
  });

  it('is not killed once it is spared', async () => {
    const { command } = await counter(1);
    const mortal = start({ command, kills: [killOf(1, { count: 0 })] });
    mortal.spare();
    expect(await mortal.ended).toMatchObject({ code: 7, lives: 1 });
  });

  it('is not started again when it ends by itself before its kill', async () => {
    const { command } = await counter(1);
    const log: Kill[] = [];
    const kills = [killOf(1, { count: 99 })];
    expect(await start({ command, kills, onKill: (kill) => log.push(kill) }).ended).toMatchObject({
      code: 7,
      lives: 1,
    });
    expect(log).toEqual([]);
  });

  it('fails when the command is none', async () => {
    const mortal = startMortalProcess({ name: 'one', command: ['/no/such/program'], kills: [] });
    await expect(mortal.ended).rejects.toThrow('ENOENT');
  });
});
