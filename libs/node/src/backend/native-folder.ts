/** The folder where `npm run native` installs the native backend. */

import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** `.native` at the root of the repository, seen from both src/backend and dist/backend. */
const besideThePackage = fileURLToPath(new URL('../../../../.native', import.meta.url));

/** The folder that holds the native backend's `node_modules`; the environment variable GAITWAY_NATIVE overrides it. */
export function nativeFolder(): string {
  return process.env['GAITWAY_NATIVE'] ?? join(besideThePackage, 'tensorflow');
}
