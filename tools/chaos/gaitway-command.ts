/** How the processes of a run under faults are started: the built program, as a command. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { certificateFile } from '../load/secured.js';
import type { ChaosStudy } from './chaos-study.js';

const program = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'bin', 'gaitway.js');

/** All on the backend that starts in the least time. */
function gaitwayCommand(...parameters: readonly string[]): readonly [string, ...string[]] {
  return [process.execPath, program, ...parameters, '--backend', 'cpu'];
}

/** Runs it to its end. */
export async function runGaitway(...parameters: readonly string[]): Promise<void> {
  const [node, ...rest] = gaitwayCommand(...parameters);
  await new Promise<void>((resolve, reject) => {
    execFile(node, rest, (error, _, said) => {
      if (error) {
        reject(new Error(`gaitway ${parameters.join(' ')}: ${said}`, { cause: error }));
      } else {
        resolve();
      }
    });
  });
}

/** Seconds: a client that is killed needs some to start again, more where many do. */
const RETURN_SECONDS = 600;
const HEARTBEAT_SECONDS = 1;
/** Longer than a coordinator takes to start again. */
const GIVE_UP_SECONDS = 120;

/** @param options - More of the command's options */
export function coordinatorCommand(
  study: ChaosStudy,
  run: string,
  port: number,
  options: readonly string[],
): readonly [string, ...string[]] {
  const place = ['--data', study.data, '--run', run, '--port', String(port)];
  const patience = ['--wait-for-return', String(RETURN_SECONDS), '--heartbeat', String(HEARTBEAT_SECONDS)];
  return gaitwayCommand('coordinator', study.file, ...place, ...patience, ...options);
}

/**
 * @param folder - For what the client keeps; it has the certificate that the client trusts
 * @param code - By which the client is enrolled
 */
export function clientCommand(
  study: ChaosStudy,
  folder: string,
  { client, code, port }: { readonly client: string; readonly code: string; readonly port: number },
): readonly [string, ...string[]] {
  const who = ['--data', study.data, '--people', client, '--state', join(folder, client), '--code', code];
  const how = ['--ca', certificateFile(folder), '--give-up', String(GIVE_UP_SECONDS)];
  return gaitwayCommand('client', `https://127.0.0.1:${port}`, ...who, ...how);
}
