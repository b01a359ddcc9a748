/** SCAFFOLD at the client (Karimireddy et al. 2020, arXiv 1910.06378, algorithm 1, option II). */

/** What a client corrects its steps by. */
export interface ControlVariates {
  /** c: the mean of all clients' own. */
  readonly global: Float32Array;
  /** cᵢ: where the client's own gradients point. */
  readonly own: Float32Array;
}

/** c - cᵢ: what every gradient of the client's training gets added, [parameter]. */
export function correctionOf({ global, own }: ControlVariates): Float32Array {
  return global.map((value, index) => value - own[index]!);
}

/**
 * cᵢ⁺ = cᵢ - c + (x - y) / (K η): the mean gradient along which the client has gone.
 *
 * @param delta - y - x, [parameter]
 * @param pace - K η: steps times learning rate
 */
export function nextControl({ global, own }: ControlVariates, delta: Float32Array, pace: number): Float32Array {
  return own.map((value, index) => value - global[index]! - delta[index]! / pace);
}
