/** Ctrl-C and `kill`: the first asks for an orderly end, the second ends at once. */

/** What a command's signal aborts with when somebody interrupts it. The command line ends with exit code 130. */
export class Interrupted extends Error {
  override readonly name: string = 'Interrupted';
}

/** A signal that aborts on the first SIGINT or SIGTERM of this process. */
export function interruptionSignal(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) {
      process.exit(130);
    }
    controller.abort(new Interrupted('interrupted'));
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  return controller.signal;
}
