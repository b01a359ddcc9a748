/** Runs commands that are refused in this process, because they end before anything that needs a separate one. */

import { describeFailure, type Failure } from '../failure.js';
import { createProgram } from '../program.js';

/** How `gaitway` fails with these arguments; undefined when it succeeds. */
export async function refusalOf(...args: readonly string[]): Promise<Failure | undefined> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const before = signals.map((signal) => process.listeners(signal));
  try {
    const program = await createProgram(args);
    await program.parseAsync([...args, '--quiet'], { from: 'user' });
    return undefined;
  } catch (error) {
    return describeFailure(error);
  } finally {
    signals.forEach((signal, index) => {
      process
        .listeners(signal)
        .filter((listener) => !before[index]?.includes(listener))
        .forEach((listener) => process.removeListener(signal, listener));
    });
  }
}
