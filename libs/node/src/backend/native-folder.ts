/** The folder where `gaitway native install` installs the native backend. */

import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What holds the package: the root of the repository, or a `node_modules`. Seen from both src/backend and dist/backend. */
const surroundings = fileURLToPath(new URL('../../../..', import.meta.url));

/**
 * The folder that holds the native backend's `node_modules`; the environment variable GAITWAY_NATIVE overrides it. In the
 * repository it is in `.native` at the root. An installed package has it in the user's data, where neither `npm ci` nor
 * another version of Gaitway takes it away.
 */
export function nativeFolder(): string {
  return process.env['GAITWAY_NATIVE'] ?? join(nativeHome(surroundings), 'tensorflow');
}

/** Where the backend of a package with these surroundings lies. */
export function nativeHome(surroundings: string): string {
  return basename(surroundings) === 'node_modules'
    ? join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'gaitway', 'native')
    : join(surroundings, '.native');
}
