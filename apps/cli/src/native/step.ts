/** Progress of a long installation: a line when a step begins, another with its duration when it ends. */

/** Runs one step. Its failure is passed on. */
export async function step<Result>(title: string, action: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  console.log(`- ${title} ...`);
  const duration = (): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  try {
    const result = await action();
    console.log(`  done in ${duration()}`);
    return result;
  } catch (error) {
    console.log(`  failed after ${duration()}: ${messageOf(error)}`);
    throw error;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
