/** Runs programs to their end. */

import { spawn, type ChildProcess } from 'node:child_process';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The program is ended after so many milliseconds. */
  readonly limitMs: number;
}

/** Programs of their own group can be ended together with what they started. */
const ownGroup = process.platform !== 'win32';

/** What it wrote to standard output. Rejects with the reason it gave when it fails or takes too long. */
export function runCommand({ program, args, cwd, env, limitMs }: Command): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: ownGroup,
    });
    let output = '';
    let log = '';
    let late = false;
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const timer = setTimeout(() => {
      late = true;
      end(child);
    }, limitMs);
    const stop = (): void => {
      end(child);
    };
    process.once('exit', stop);
    const ended = (): void => {
      clearTimeout(timer);
      process.off('exit', stop);
    };
    child.once('error', (error) => {
      ended();
      reject(error);
    });
    child.once('close', (code) => {
      ended();
      if (code === 0) {
        resolve(output);
      } else {
        reject(new Error(late ? `not done after ${limitMs / 1000} s` : reasonIn(`${output}\n${log}`)));
      }
    });
  });
}

function end(child: ChildProcess): void {
  if (!ownGroup || child.pid === undefined) {
    child.kill();
    return;
  }
  try {
    process.kill(-child.pid);
  } catch {
    // The whole group has ended already.
  }
}

/** What a log says went wrong: the first two lines that speak of an error, else the last line. */
export function reasonIn(log: string): string {
  const lines = log
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const errors = lines.filter((line) => /\berror\b(?!['"])/i.test(line)).slice(0, 2);
  return errors.length > 0 ? errors.join('; ') : (lines.at(-1) ?? 'it said nothing');
}

/** The first of `candidates`, each a program with its first arguments, that can tell its version. */
export async function findProgram(candidates: readonly string[]): Promise<readonly string[] | undefined> {
  for (const candidate of candidates) {
    const [program = '', ...args] = candidate.split(' ');
    try {
      await runCommand({ program, args: [...args, '--version'], limitMs: 60_000 });
      return [program, ...args];
    } catch {
      // Not there, or broken: the next one may do.
    }
  }
  return undefined;
}
