/** A command that is killed by a plan, and started again each time, until it ends by itself. */

import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Kill } from './kill.js';

export interface MortalProcessOptions {
  /** Its name in the plan. */
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Those of other processes are left to these. */
  readonly kills: readonly Kill[];
  /** Called with each kill, once the process is gone. What it is called with is a plan by which the same happens again. */
  readonly onKill?: (kill: Kill) => void;
  /** Called with each line of either output. */
  readonly onLine?: (line: string) => void;
}

/** How its last life ended. */
export interface LastLife {
  /** `null` when a signal ended it that is not of the plan. */
  readonly code: number | null;
  readonly lives: number;
  /** The last lines of its outputs. */
  readonly said: readonly string[];
}

export interface MortalProcess {
  readonly ended: Promise<LastLife>;
  /** From now on it is not killed. */
  spare(): void;
  /** Kills it for good. */
  end(): void;
}

/** Lines that are kept of a process. */
const LINES_KEPT = 40;

/** Starts a command. A kill is a SIGKILL: the process has no say in it, as in a power cut. */
export function startMortalProcess(options: MortalProcessOptions): MortalProcess {
  const state: State = { spared: false, ended: false };
  return {
    ended: liveOn(options, state),
    spare: () => {
      state.spared = true;
    },
    end: () => {
      state.ended = true;
      state.child?.kill('SIGKILL');
    },
  };
}

interface State {
  spared: boolean;
  ended: boolean;
  child?: ChildProcess;
}

async function liveOn(options: MortalProcessOptions, state: State): Promise<LastLife> {
  for (let life = 1; ; life++) {
    const kill = options.kills.find((one) => one.process === options.name && one.life === life);
    const { code, said, killed } = await live(options, kill, state);
    if (!killed || state.ended) {
      return { code, said, lives: life };
    }
    options.onKill?.(killed);
  }
}

interface Life {
  readonly code: number | null;
  readonly said: readonly string[];
  /** By which it ended. */
  readonly killed: Kill | undefined;
}

function live({ command, onLine }: MortalProcessOptions, kill: Kill | undefined, state: State): Promise<Life> {
  const [program, ...parameters] = command;
  const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
  state.child = child;
  const said: string[] = [];
  let heard = 0;
  let killed: Kill | undefined;
  let dying: NodeJS.Timeout | undefined;
  const arm = (): void => {
    if (heard === kill?.count && !dying) {
      dying = setTimeout(() => {
        if (!state.spared && child.kill('SIGKILL')) {
          killed = kill;
        }
      }, kill.milliseconds);
    }
  };
  const hear = (line: string): void => {
    said.push(line);
    said.splice(0, said.length - LINES_KEPT);
    onLine?.(line);
    if (kill && line.includes(kill.line)) {
      heard++;
      arm();
    }
  };
  arm();
  [child.stdout, child.stderr].forEach((input) => createInterface({ input }).on('line', hear));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(dying);
      resolve({ code, said, killed: signal === 'SIGKILL' ? killed : undefined });
    });
  });
}
