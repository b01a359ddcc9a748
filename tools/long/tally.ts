/** Checks that are told as they end, a line each, and counted. */

export interface Tally {
  /**
   * Runs a check, which throws where something is wrong. Its line tells what it found.
   *
   * @returns what it found, undefined where it failed
   */
  readonly check: (name: string, action: () => Promise<string>) => Promise<string | undefined>;
  readonly counts: () => { readonly passed: number; readonly failed: number };
}

/** Characters. A program that fails can say very much. */
const LONGEST_FAILURE = 2000;

export function createTally(): Tally {
  let passed = 0;
  let failed = 0;
  return {
    check: async (name, action) => {
      const started = performance.now();
      const line = (mark: string, found: string): void => {
        console.log(`${mark} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s): ${found}`);
      };
      try {
        const found = await action();
        passed++;
        line('ok  ', found);
        return found;
      } catch (error) {
        failed++;
        line('FAIL', (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_FAILURE));
        return undefined;
      }
    },
    counts: () => ({ passed, failed }),
  };
}
