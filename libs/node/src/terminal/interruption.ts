/** Ctrl-C and `kill`: the first asks for an orderly end, the second ends at once. */

/** What a command's signal aborts with when somebody interrupts it. The command line ends with exit code 130. */
export class Interrupted extends Error {
  override readonly name: string = 'Interrupted';
}

/** A signal that aborts on the first SIGINT or SIGTERM of this process. */
export function interruptionSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      process.once(name, () => process.exit(130));
      controller.abort(new Interrupted('interrupted'));
    });
  }
  return controller.signal;
}
