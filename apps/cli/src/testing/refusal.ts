/** Commands that are refused: run in this process, because they end before anything that needs one of its own. */

import { describeFailure, type Failure } from '../failure.js';
import { createProgram } from '../program.js';

/** How `gaitway` ends with these arguments; undefined when it ends well. */
export async function refusalOf(...args: readonly string[]): Promise<Failure | undefined> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const before = signals.map((signal) => process.listeners(signal));
  try {
    await createProgram().parseAsync([...args, '--quiet'], { from: 'user' });
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
