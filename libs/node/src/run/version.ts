/** The current version of Gaitway, which is written into its files. */

import { readFileSync } from 'node:fs';

/** Version of this package; all packages of Gaitway share it. */
export const gaitwayVersion: string = readVersion();

function readVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string };
  return version;
}
