/** The bill of materials of a package, in the form of CycloneDX: what is installed with it, and under which licences. */

import { readFileSync } from 'node:fs';
import { run } from './run.js';

/** A licence of a component, as CycloneDX tells it: an SPDX expression, or the name of another one. */
type LicenceChoice =
  { readonly expression: string } | { readonly license: { readonly id?: string; readonly name?: string } };

export interface Component {
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  /** All of them hold. */
  readonly licenses?: readonly LicenceChoice[];
}

/**
 * Writes the bill of materials and returns its components. `npm sbom` is no help: it leaves out what is a dependency of a
 * package and a development dependency of the root at the same time.
 *
 * @param manifest - Path of a `package.json`
 * @param source - What is `installed` beside it tells more, old forms of licences for one; a lock file is enough
 */
export function materialOf(manifest: string, source: 'installed' | 'locked', file: string): readonly Component[] {
  const output = ['--output-reproducible', '--flatten-components', '--output-file', file];
  const locked = source === 'locked' ? ['--package-lock-only'] : [];
  run('npx', '--no-install', 'cyclonedx-npm', '--omit', 'dev', ...locked, ...output, manifest);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly components: readonly Component[] }).components;
}
