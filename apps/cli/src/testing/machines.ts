/**
 * Machines of a test: network namespaces of this one, each with an address of its own, as `ip` makes them. Only on Linux,
 * and as root.
 */

import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.js';

export interface Machine {
  /** Where its programs start. */
  readonly folder: string;
  /** What a command begins with that is to run on it. */
  readonly command: readonly [string, ...string[]];
  /** Lets a cable to another machine be its only way there; resolves with the address of that machine. */
  connect(other: Machine): string;
  /** Lets names lead to addresses on this machine, for programs that start from now on. */
  know(addresses: Readonly<Record<string, string>>): Promise<void>;
}

/** Why there can be no such machines here; undefined where there can. */
export function machinesFault(): string | undefined {
  const name = `gaitway-${process.pid}`;
  try {
    ip('netns', 'add', name);
    ip('netns', 'exec', name, 'true');
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/\n[^]*/, '');
  } finally {
    try {
      ip('netns', 'delete', name);
    } catch {
      // it could not be made
    }
  }
}

/** Holds a folder for each namespace, whose files `ip` puts over those of `/etc` for programs in it. */
const ETC = '/etc/netns';

let machines = 0;
let cables = 0;

/** A new machine, which knows nobody. It is removed at the end of the test, after the programs on it have ended. */
export async function openMachine(): Promise<Machine> {
  const name = `gaitway-${process.pid}-${++machines}`;
  const etc = join(ETC, name);
  const folder = await temporaryFolder();
  ip('netns', 'add', name);
  onTestFinished(async () => {
    ip('netns', 'delete', name);
    await rm(etc, { recursive: true, force: true });
  });
  ip('-n', name, 'link', 'set', 'lo', 'up');
  const command = ['ip', 'netns', 'exec', name] as const;
  return {
    folder,
    command,
    connect: (other) => {
      const peer = other.command.at(-1) ?? '';
      const number = ++cables;
      const ends = [name, peer].map((machine, index) => ({
        machine,
        port: `cable-${number}-${index}`,
        address: `10.77.${number}.${index + 1}`,
      }));
      const [near, far] = ends.map(({ machine, port }) => [port, 'netns', machine]);
      ip('link', 'add', ...(near ?? []), 'type', 'veth', 'peer', 'name', ...(far ?? []));
      for (const { machine, port, address } of ends) {
        ip('-n', machine, 'address', 'add', `${address}/24`, 'dev', port);
        ip('-n', machine, 'link', 'set', port, 'up');
      }
      return ends[1]?.address ?? '';
    },
    know: async (addresses) => {
      const lines = Object.entries({ localhost: '127.0.0.1', ...addresses }).map(
        ([host, address]) => `${address} ${host}\n`,
      );
      await mkdir(etc, { recursive: true });
      await writeFile(join(etc, 'hosts'), lines.join(''));
    },
  };
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 60_000 });
}
