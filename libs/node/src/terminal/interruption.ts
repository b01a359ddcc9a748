/** Handles Ctrl-C and `kill`: the first asks for an orderly end, the second ends the process at once. */

import { StudyStopped } from '@gaitway/core';
import { RunNotStored } from '../files/file-fault.js';

/** The reason given for whatever ends because of an interruption. */
export const INTERRUPTED = 'interrupted';

/** The reason with which a command's signal aborts on an interruption. The command line ends with exit code 130. */
export class Interrupted extends Error {
  override readonly name: string = 'Interrupted';
  readonly by: 'SIGINT' | 'SIGTERM';

  constructor(by: 'SIGINT' | 'SIGTERM') {
    super(INTERRUPTED);
    this.by = by;
  }
}

/** Whether the work stops only temporarily: a service receives SIGTERM when it is moved, updated or restarted. */
export function isStopForNow(reason: unknown): boolean {
  return reason instanceof Interrupted && reason.by === 'SIGTERM';
}

/**
 * Whether a run that ends early for this reason ends for good: it cannot go on, or its operator ends it (SIGINT). Every
 * other error, such as a full disk, is a reason to start the same run again.
 */
export function isDeliberateEnd(reason: unknown): boolean {
  const cannotGoOn = reason instanceof StudyStopped && !(reason instanceof RunNotStored);
  return cannotGoOn || (reason instanceof Interrupted && reason.by === 'SIGINT');
}

/** A signal that aborts on the first SIGINT or SIGTERM of this process. */
export function interruptionSignal(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (by: 'SIGINT' | 'SIGTERM') => (): void => {
    if (controller.signal.aborted) {
      process.exit(130);
    }
    controller.abort(new Interrupted(by));
  };
  process.on('SIGINT', interrupt('SIGINT')).on('SIGTERM', interrupt('SIGTERM'));
  return controller.signal;
}
