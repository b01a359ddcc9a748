/** An Rng that returns given draws, for results computed by hand. */

import type { Rng } from '../math/random.js';

interface Script {
  readonly uniform?: readonly number[];
  readonly normal?: readonly number[];
  readonly integer?: readonly number[];
}

/** Returns the draws in order; throws when none are left, and for kinds of draws that a script cannot have. */
export function scriptedRng(script: Script): Rng {
  const next = (kind: keyof Script): (() => number) => {
    const draws = (script[kind] ?? []).values();
    return () => {
      const { value, done } = draws.next();
      if (done) {
        throw new Error(`No ${kind} draw is left in the script`);
      }
      return value;
    };
  };
  const missing = (): never => {
    throw new Error('The script has uniform, normal and integer draws only');
  };
  const [uniform, normal, integer] = [next('uniform'), next('normal'), next('integer')];
  return { uniform, normal, integer, uint32: missing, fill: missing, fork: missing };
}
