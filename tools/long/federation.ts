/** A federation of installed programs: a coordinator and two clients, each a process, over sockets. */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeChaosStudy } from '../chaos/chaos-study.js';
import { gaitway, start, type Place, type Started } from './commands.js';

const settings = { seed: 1, minutes: 1, clients: 2, liars: 0, deadlines: false, kinds: [] };

/** Runs a small study to its end. @returns the digest of its last model */
export async function federate(place: Place, name: string): Promise<string> {
  const folder = join(place.folder, name);
  await mkdir(folder);
  const study = await writeChaosStudy(folder, settings);
  const common = ['--data', study.data, '--backend', 'wasm'];
  const options = [...common, '--run', join(folder, 'run'), '--port', '0', '--json'];
  const coordinator = start(place, 'npx', '--no-install', 'gaitway', 'coordinator', study.file, ...options);
  try {
    const url = await addressOf(coordinator);
    const clients = study.clients.map((person) =>
      gaitway(place, 'client', url, ...common, '--people', person, '--name', person),
    );
    const [result] = await Promise.all([coordinator.ended, ...clients]);
    return lastDigest(result);
  } finally {
    coordinator.process.kill();
  }
}

/** Where it listens, once it says so. */
function addressOf({ process: child, said, ended }: Started): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const [, url] = /is open at (\S+)/.exec(said()) ?? [];
      if (url !== undefined) {
        resolve(url);
      }
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    ended.then(
      (output) => {
        reject(new Error(`the coordinator ended before it opened: ${output}`));
      },
      (error: unknown) => {
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

/** The digest of the final model in what a command prints with `--json`. */
export function lastDigest(output: string): string {
  const { stages } = JSON.parse(output) as { readonly stages: readonly { readonly parametersSha256: string }[] };
  const digest = stages.at(-1)?.parametersSha256;
  if (digest === undefined) {
    throw new Error(`Expected the digests of stages, found ${output}`);
  }
  return digest;
}
