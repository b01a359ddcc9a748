/** Waiting that ends when a signal aborts, whatever the other side does. */

/** Those who wait, by signal. A listener for each would be a warning of a leak in Node: a round asks thousands. */
const waitingOn = new WeakMap<AbortSignal, Set<() => void>>();

/** What `work` comes to, or a rejection with the signal's reason as soon as it aborts. */
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
