/** The clients of the demo: separate processes, each of which knows only an address and a folder. */

import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/gaitway.js', import.meta.url));

export interface ClientProcesses extends AsyncDisposable {
  /** Resolves when all have succeeded; rejects as soon as one fails, with its last output. */
  readonly ended: Promise<void>;
}

/** Starts `gaitway client` once for each list of arguments. Disposing of the result ends those that still run. */
export function startClientProcesses(clients: ReadonlyMap<string, readonly string[]>): ClientProcesses {
  const children = [...clients].map(([name, args]) => ({ name, child: startClient(args) }));
  const endings = children.map(({ name, child }) => endOf(name, child));
  const ended = Promise.all(endings).then(() => undefined);
  ended.catch(() => undefined); // Reported to the code that awaits it.
  return {
    ended,
    [Symbol.asyncDispose]: async () => {
      for (const { child } of children) {
        child.kill();
      }
      await Promise.allSettled(endings);
    },
  };
}

function startClient(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, 'client', ...args, '--quiet'], { stdio: ['ignore', 'ignore', 'pipe'] });
}

function endOf(name: string, child: ChildProcess): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-2000);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) {
        resolve();
      } else {
        reject(
          new Error(
            `client ${name} ended with ${signal ?? `code ${code ?? '?'}`}: ${said.trim() || 'it said nothing'}`,
          ),
        );
      }
    });
  });
}
