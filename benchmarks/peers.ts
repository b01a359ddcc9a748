/** Other implementations, run in the same session by the Python interpreters that PEER_PYTHON names. */

import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A running script of peers/, which answers each line with a number. */
export interface Peer {
  readonly ask: (request: string) => Promise<number>;
  readonly end: () => void;
}

/** The first interpreter in PEER_PYTHON (a colon-separated list) that has `module`. */
export function findPeerPython(module: string): string | undefined {
  const interpreters = (process.env['PEER_PYTHON'] ?? '').split(':').filter((path) => path !== '');
  const script = `import importlib.util, sys; sys.exit(importlib.util.find_spec("${module}") is None)`;
  return interpreters.find((python) => spawnSync(python, ['-c', script]).status === 0);
}

/** Starts `script`, a file in peers/. */
export function startPeer(python: string, script: string): Peer {
  const child = spawn(python, [fileURLToPath(new URL(`./peers/${script}`, import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (request) => {
      child.stdin.write(`${request}\n`);
      const answer = await answers.next();
      const value = answer.done === true ? NaN : Number(answer.value);
      if (!Number.isFinite(value)) {
        throw new Error(`${script}: expected a number in answer to "${request}", found ${String(answer.value)}`);
      }
      return value;
    },
    end: () => {
      child.stdin.end();
    },
  };
}
