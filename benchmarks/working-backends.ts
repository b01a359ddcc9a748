/** The backends that are measured side by side. */

import { loadBackend, type BackendName } from '@gaitway/node';

/** Native and wasm where the native one works, else only wasm. */
export async function workingBackends(): Promise<readonly BackendName[]> {
  const { name } = await loadBackend();
  return name === 'native' ? ['native', 'wasm'] : ['wasm'];
}
