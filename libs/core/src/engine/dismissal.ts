/** Ends the work of clients for whose answers a round waits no more, while the round itself goes on. */

export interface Dismissal {
  /** Aborts when the clients are dismissed, and when the signal that it came from does. */
  readonly signal: AbortSignal;
  dismiss(): void;
  /** Lets go of the signal that it came from, which lives longer than a round. */
  release(): void;
}

export function createDismissal(signal: AbortSignal): Dismissal {
  const controller = new AbortController();
  const pass = (): void => {
    controller.abort(signal.reason);
  };
  if (signal.aborted) {
    pass();
  }
  signal.addEventListener('abort', pass, { once: true });
  return {
    signal: controller.signal,
    dismiss: () => {
      controller.abort(new Error('the round waits for it no more'));
    },
    release: () => {
      signal.removeEventListener('abort', pass);
    },
  };
}
