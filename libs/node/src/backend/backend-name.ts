/** The backends that can run tensor operations, and the names by which users select them. */

import { InvalidInput } from '@gaitway/core';

/** Fastest first: TensorFlow's C library (`gaitway native install`), WebAssembly (always available), plain JavaScript. */
export const backendNames = ['native', 'wasm', 'cpu'] as const;

export type BackendName = (typeof backendNames)[number];

/**
 * Parses the name of a backend.
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
