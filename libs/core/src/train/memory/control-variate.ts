/** SCAFFOLD at the client (Karimireddy et al. 2020, arXiv 1910.06378, algorithm 1, option II). */

/** The control variates by which a client corrects its steps. */
export interface ControlVariates {
  /** c: the mean of all clients' control variates. */
  readonly global: Float32Array;
  /** cᵢ: the mean gradient of the client itself. */
  readonly own: Float32Array;
}

/** c - cᵢ, which is added to every gradient of the client's training; shape [parameter]. */
export function correctionOf({ global, own }: ControlVariates): Float32Array {
  return global.map((value, index) => value - own[index]!);
}

/**
 * cᵢ⁺ = cᵢ - c + (x - y) / (K η): the mean gradient of the client's steps.
 *
 * @param delta - y - x, shape [parameter]
 * @param pace - K η: number of steps times learning rate
 */
export function nextControl({ global, own }: ControlVariates, delta: Float32Array, pace: number): Float32Array {
  return own.map((value, index) => value - global[index]! - delta[index]! / pace);
}
