/** Ending what somebody waits for: on the abort of a signal, or for a part of the clients. */

/** The waiting promises of each signal. They share one listener: a round asks thousands, and Node would warn of a leak. */
const waitingOn = new WeakMap<AbortSignal, Set<() => void>>();

/** Settles as the promise of `work` does, or rejects with the signal's reason as soon as it aborts. */
export function untilAborted<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = (): void => {
      reject(signal.reason as Error);
    };
    const working = work();
    const waiting = waitersOf(signal);
    waiting.add(stop);
    void working.then(resolve, reject).finally(() => waiting.delete(stop));
  });
}

function waitersOf(signal: AbortSignal): Set<() => void> {
  const known = waitingOn.get(signal);
  if (known) {
    return known;
  }
  const waiting = new Set<() => void>();
  waitingOn.set(signal, waiting);
  const stopAll = (): void => {
    waiting.forEach((stop) => {
      stop();
    });
  };
  signal.addEventListener('abort', stopAll, { once: true });
  return waiting;
}

/** Cancels the clients of a round while the round itself goes on. */
export interface CancelScope {
  /** Aborts on `cancel`, and when the outer signal aborts. */
  readonly signal: AbortSignal;
  cancel(): void;
  /** Stops listening to the outer signal, which outlives the round. */
  release(): void;
}

/** @param outer - Aborts everything, this scope included */
export function createCancelScope(outer: AbortSignal): CancelScope {
  const controller = new AbortController();
  const onAbort = (): void => {
    controller.abort(outer.reason);
  };
  if (outer.aborted) {
    onAbort();
  }
  outer.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    cancel: () => {
      controller.abort(new Error('the round waits for it no more'));
    },
    release: () => {
      outer.removeEventListener('abort', onAbort);
    },
  };
}
