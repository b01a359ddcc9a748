/**
 * Measures several contenders in turns, so that temporary load on the machine slows all of them. The best turn of each
 * counts, because noise only ever makes it slower.
 */

import type { Result } from './benchmark.js';

export interface Contender extends Omit<Result, 'value'> {
  /** Measures one turn of about a second. */
  readonly measure: () => number | Promise<number>;
}

export async function takeTurns(contenders: readonly Contender[], turns: number): Promise<readonly Result[]> {
  const best = new Map<Contender, number>();
  for (let turn = 1; turn <= turns; turn++) {
    console.error(`turn ${turn} of ${turns}`);
    for (const contender of contenders) {
      const value = await contender.measure();
      const pick = contender.better === 'higher' ? Math.max : Math.min;
      best.set(contender, pick(value, best.get(contender) ?? value));
    }
  }
  return [...best].map(([{ case: name, unit, better }, value]) => ({ case: name, value, unit, better }));
}
