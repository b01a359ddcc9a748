import { describe, expect, it } from 'vitest';
import { findProgram, reasonIn, runCommand } from './run-command.js';

const node = (script: string, limitMs = 20_000): Promise<string> =>
  runCommand({ program: process.execPath, args: ['-e', script], env: { GREETING: 'hello' }, limitMs });

describe('running a program', () => {
  it('gives what it wrote to standard output', async () => {
    expect(await node('process.stdout.write(process.env.GREETING); console.error("aside")')).toBe('hello');
  });

  it('rejects with the reason that the program gave', async () => {
    const script = 'console.log("start"); console.error("ERROR: no space left"); process.exit(3)';
    await expect(node(script)).rejects.toThrow('ERROR: no space left');
  });

  it('rejects when there is no such program', async () => {
    await expect(runCommand({ program: 'no-such-program', args: [], limitMs: 1000 })).rejects.toThrow('ENOENT');
  });

  it('ends a program that takes too long, together with what it started', async () => {
    // The grandchild holds the same output open, so there is an end only when it is gone as well.
    const grandchild = `spawnSync(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'inherit' })`;
    await expect(node(`require('child_process').${grandchild}`, 500)).rejects.toThrow('not done after 0.5 s');
  });
});

describe('the reason in a log', () => {
  it('is the line that names the error, not the code around it', () => {
    const log = [
      'node:events:502',
      "      throw er; // Unhandled 'error' event",
      'Error: getaddrinfo ENOTFOUND somewhere',
      '    at GetAddrInfoReqWrap.onlookupall',
      'Node.js v20.20.2',
    ].join('\n');
    expect(reasonIn(log)).toBe('Error: getaddrinfo ENOTFOUND somewhere');
  });

  it('is the last line where none speaks of an error', () => {
    expect(reasonIn('downloading\ngave up\n\n')).toBe('gave up');
    expect(reasonIn('')).toBe('it said nothing');
  });
});

describe('finding a program', () => {
  it('takes the first candidate that runs', async () => {
    expect(await findProgram(['no-such-program', `${process.execPath} --no-warnings`])).toEqual([
      process.execPath,
      '--no-warnings',
    ]);
    expect(await findProgram(['no-such-program'])).toBeUndefined();
  });
});
