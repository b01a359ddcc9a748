/** A group of processes that are killed and restarted by one plan, and should all end well. */

import { untilAborted } from '@gaitway/core/internal';
import { type Kill, type MortalProcess, startMortalProcess } from '@gaitway/faults';

export type Command = readonly [string, ...string[]];

export interface ProcessGroup {
  /** Starts a process. Any exit code but these makes {@link within} throw. */
  start(name: string, command: Command, goodCodes: readonly number[]): void;
  /** Resolves when a process prints a line with this text. */
  says(name: string, text: string): Promise<void>;
  /** Resolves when all processes have ended. */
  end(): Promise<void>;
  /**
   * Waits for a promise, but no longer than as many seconds.
   *
   * @throws Error when a process ends badly meanwhile, or time is up; it names the processes and what they printed last
   */
  within(seconds: number, waiting: Promise<void>): Promise<void>;
  /** Stops killing processes. */
  spare(): void;
  /** Kills all processes without restarting them. */
  killAll(): Promise<void>;
}

interface Member {
  readonly name: string;
  readonly mortal: MortalProcess;
  lastLine: string;
  ended: boolean;
}

export function startProcessGroup(kills: readonly Kill[], onKill: (kill: Kill) => void): ProcessGroup {
  const listeners = new Set<(name: string, line: string) => void>();
  const members: Member[] = [];
  const trouble = new AbortController();
  const start: ProcessGroup['start'] = (name, command, goodCodes) => {
    const onLine = (line: string): void => {
      member.lastLine = line;
      listeners.forEach((listener) => {
        listener(name, line);
      });
    };
    const mortal = startMortalProcess({ name, command, kills, onKill, onLine });
    const member: Member = { name, mortal, lastLine: '', ended: false };
    members.push(member);
    endWell(member, goodCodes).catch((error: unknown) => {
      trouble.abort(error);
    });
  };
  return {
    start,
    says: (name, text) =>
      new Promise((resolve) => {
        listeners.add((speaker, line) => {
          if (speaker === name && line.includes(text)) {
            resolve();
          }
        });
      }),
    end: () => Promise.all(members.map(({ mortal }) => mortal.ended)).then(() => undefined),
    within: (seconds, waiting) => within(members, seconds, waiting, trouble.signal),
    spare: () => {
      members.forEach(({ mortal }) => {
        mortal.spare();
      });
    },
    killAll: async () => {
      members.forEach(({ mortal }) => {
        mortal.end();
      });
      await Promise.allSettled(members.map(({ mortal }) => mortal.ended));
    },
  };
}

async function endWell(member: Member, goodCodes: readonly number[]): Promise<void> {
  const { code, said } = await member.mortal.ended;
  member.ended = true;
  if (code === null || !goodCodes.includes(code)) {
    throw new Error(`${member.name} ended with code ${code ?? 'none'}, and said last:\n${said.join('\n')}`);
  }
}

async function within(
  members: readonly Member[],
  seconds: number,
  waiting: Promise<void>,
  trouble: AbortSignal,
): Promise<void> {
  const tooLate = new AbortController();
  const timer = setTimeout(() => {
    const open = members.filter(({ ended }) => !ended);
    const states = open.map(({ name, lastLine }) => `\n${name}, which said last: ${lastLine}`);
    tooLate.abort(new Error(`${seconds} seconds were not enough for${states.join('')}`));
  }, seconds * 1000);
  await untilAborted(() => waiting, AbortSignal.any([trouble, tooLate.signal])).finally(() => {
    clearTimeout(timer);
  });
}
