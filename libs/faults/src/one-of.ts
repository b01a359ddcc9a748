import type { Rng } from '@gaitway/core';

/** One of at least one, each as likely. */
export function oneOf<T>(choices: readonly T[], rng: Rng): T {
  return choices[rng.integer(choices.length)] as T;
}
