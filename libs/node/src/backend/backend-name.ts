/** The backends that can run the tensors, and their names as users write them. */

import { InvalidInput } from '@gaitway/core';

/** Fastest first: TensorFlow's C library (`npm run native`), WebAssembly (always there), plain JavaScript. */
export const backendNames = ['native', 'wasm', 'cpu'] as const;

export type BackendName = (typeof backendNames)[number];

/**
 * Reads a backend's name.
 *
 * @param source - Where it was written, for the message: `--backend`.
 * @throws InvalidInput when there is no such backend.
 */
export function parseBackendName(value: string, source: string): BackendName {
  const name = backendNames.find((candidate) => candidate === value);
  if (!name) {
    throw new InvalidInput(source, [{ path: '', message: `expected ${backendNames.join(', ')}, found "${value}"` }]);
  }
  return name;
}
