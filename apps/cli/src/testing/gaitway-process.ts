/** Runs the built command line in separate processes, as a user at a terminal does, and the programs that it is used with. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const program = fileURLToPath(new URL('../../bin/gaitway.js', import.meta.url));

/** The output of a process, and its exit code. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a program runs; absent: in the folder and the environment of this process. */
export interface Surroundings {
  readonly folder?: string;
  /** Variables of the environment that differ. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface GaitwayProcess {
  readonly ended: Promise<Ended>;
  /** Resolves with the match once the pattern appears on either stream; rejects when the process ends without it. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Closes the reading ends of its output, as `head` does. */
  stopReading(): void;
  /** Sends SIGINT, as Ctrl-C does. */
  interrupt(): void;
  /** Sends SIGTERM, as a service manager does to stop it. */
  terminate(): void;
  /** Ends it immediately with SIGKILL, like a power failure. */
  kill(): void;
}

/** Starts `gaitway`, which is killed at the end of the test if it still runs. */
export function startGaitway(...args: readonly string[]): GaitwayProcess {
  return start([process.execPath, program, ...args]);
}

/**
 * Starts `gaitway`, which ends immediately, as in a power failure, as soon as it has printed a match of `word`. A test
 * that saw the output and then killed the process would hit another point on each machine, or find it finished.
 */
export function startGaitwayUntil(word: RegExp, ...args: readonly string[]): GaitwayProcess {
  return startGaitwayAfter([deathAt(word)], ...args);
}

/** Starts `gaitway` as a process that may have so many files and connections open at once. Not on Windows. */
export function startGaitwayWith(descriptors: number, ...args: readonly string[]): GaitwayProcess {
  const script = `ulimit -n ${descriptors} && exec "$@"`;
  return start(['/bin/sh', '-c', script, 'sh', process.execPath, program, ...args]);
}

/** Starts `gaitway` after other modules. */
export function startGaitwayAfter(modules: readonly string[], ...args: readonly string[]): GaitwayProcess {
  return start([process.execPath, ...modules.flatMap((each) => ['--import', each]), program, ...args]);
}

/** What starts `gaitway`, behind a command that starts another one. */
export const gaitwayCommand: readonly [string, string] = [process.execPath, program];

/** A module that kills its process once it has printed a match, to be imported before the program. */
export function deathAt({ source, flags }: RegExp): string {
  const script = `
    const word = new RegExp(${JSON.stringify(source)}, ${JSON.stringify(flags)});
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write;
      stream.write = (text, ...more) => {
        const isTaken = write.call(stream, text, ...more);
        if (word.test(text)) {
          process.kill(process.pid, 'SIGKILL');
        }
        return isTaken;
      };
    }`;
  return `data:text/javascript,${encodeURIComponent(script)}`;
}

/** Starts any program, which is killed at the end of the test if it still runs. */
export function start(
  [command, ...args]: readonly [string, ...string[]],
  surroundings: Surroundings = {},
): GaitwayProcess {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: surroundings.folder,
    env: { ...process.env, ...surroundings.variables },
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(said.stdout) ?? pattern.exec(said.stderr);
          if (match) {
            resolve(match);
          }
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        child.once('close', () => {
          reject(new Error(`expected ${String(pattern)}, heard ${said.stdout}${said.stderr}`));
        });
        look();
      }),
    stopReading: () => {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    interrupt: () => {
      child.kill('SIGINT');
    },
    terminate: () => {
      child.kill('SIGTERM');
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

/** Runs `gaitway` until it ends. */
export function gaitway(...args: readonly string[]): Promise<Ended> {
  return startGaitway(...args).ended;
}
