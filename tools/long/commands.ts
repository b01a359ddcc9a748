/** Programs that run in the folder of an outsider, on one version of Node or another. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { delimiter } from 'node:path';

/** A folder with an installed Gaitway, and the folder of the `node` that runs it. */
export interface Place {
  readonly folder: string;
  readonly nodeFolder: string;
}

export interface Started {
  readonly process: ChildProcess;
  /** What it has said so far, on both streams. */
  readonly said: () => string;
  /** What it wrote to standard output. Rejects with what it said when it fails. */
  readonly ended: Promise<string>;
}

/** Starts a program; scripts among them, such as `npx` and what it starts, run on the place's Node. */
export function start({ folder, nodeFolder }: Place, program: string, ...parameters: readonly string[]): Started {
  const PATH = `${nodeFolder}${delimiter}${process.env['PATH'] ?? ''}`;
  const child = spawn(program, parameters, {
    cwd: folder,
    env: { ...process.env, PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'close').then(([code]) => {
    if (code !== 0) {
      throw new Error(`${program} ${parameters.join(' ')} ended with ${String(code)}\n${said}`);
    }
    return output;
  });
  ended.catch(() => undefined); // whoever waits for it hears of it
  return { process: child, said: () => said, ended };
}

/** Runs a program to its end. @returns what it wrote to standard output */
export function run(place: Place, program: string, ...parameters: readonly string[]): Promise<string> {
  return start(place, program, ...parameters).ended;
}

/** Runs `gaitway` as it is installed there. */
export function gaitway(place: Place, ...parameters: readonly string[]): Promise<string> {
  return run(place, 'npx', '--no-install', 'gaitway', ...parameters);
}
