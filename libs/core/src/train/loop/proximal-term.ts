/** FedProx's proximal term: it holds a client near the global parameters (Li et al. 2020, arXiv 1812.06127, eq. 2). */

/**
 * Adds the gradient of mu / 2 · ||parameters - global||² to `gradient`, in place, and returns the term itself. Frozen
 * parameters stay at their global values, so it is 0 for them.
 *
 * @param mu - 0 is no term at all
 */
export function addProximalTerm(
  mu: number,
  parameters: Float32Array,
  global: Float32Array,
  gradient: Float32Array,
): number {
  let squared = 0;
  for (let index = 0; index < parameters.length; index++) {
    const difference = parameters[index]! - global[index]!;
    squared += difference * difference;
    gradient[index]! += mu * difference;
  }
  return (mu / 2) * squared;
}
