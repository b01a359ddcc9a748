/** Keeps the WebAssembly module from meddling with this process's errors. */

const events = ['uncaughtException', 'unhandledRejection'];

/**
 * Runs `start` and takes back the listeners that it added for errors nobody caught: they throw the error again, from a
 * place where Node prints the module's whole source, one line of 100 kB, before the error itself.
 */
export async function withoutErrorListeners<Result>(start: () => Promise<Result>): Promise<Result> {
  const before = events.map((event) => process.listeners(event as 'uncaughtException'));
  const result = await start();
  for (const [index, event] of events.entries()) {
    for (const listener of process.listeners(event as 'uncaughtException')) {
      if (!before[index]?.includes(listener)) {
        process.off(event, listener);
      }
    }
  }
  return result;
}
