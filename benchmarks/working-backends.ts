/** The backends that are measured side by side. */

import { loadBackend, type BackendName } from '@gaitway/node';

/** Both where the native one works, else wasm alone. */
export async function workingBackends(): Promise<readonly BackendName[]> {
  const { name } = await loadBackend();
  return name === 'native' ? ['native', 'wasm'] : ['wasm'];
}
