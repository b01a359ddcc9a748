/** Ctrl-C and `kill`: the first asks for an orderly end, the second ends at once. */

/** The reason of whatever ends because somebody interrupts it. */
export const INTERRUPTED = 'interrupted';

/** What a command's signal aborts with when somebody interrupts it. The command line ends with exit code 130. */
export class Interrupted extends Error {
  override readonly name: string = 'Interrupted';
  readonly by: 'SIGINT' | 'SIGTERM';

  constructor(by: 'SIGINT' | 'SIGTERM') {
    super(INTERRUPTED);
    this.by = by;
  }
}

/** Whether work stops for now only: a service is told to with SIGTERM when it is moved, updated or started again. */
export function isStopForNow(reason: unknown): boolean {
  return reason instanceof Interrupted && reason.by === 'SIGTERM';
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
