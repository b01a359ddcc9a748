/** Licences of what is installed with Gaitway: none may ask more of its users than Apache-2.0 does. */

import satisfies from 'spdx-satisfies';
import type { Component } from './bill-of-materials.js';

/** They ask for a notice at most. */
const permitted = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
  'Zlib',
];

/** A line for each component that has no licence, or one that is not permitted. Of alternatives, one has to be. */
export function refusedLicences(components: readonly Component[]): readonly string[] {
  return components.flatMap(({ group, name, version, licenses = [] }) => {
    const component = `${group === undefined ? '' : `${group}/`}${name}@${version}`;
    const expressions = licenses.map((choice) =>
      'expression' in choice ? choice.expression : (choice.license.id ?? choice.license.name ?? ''),
    );
    if (expressions.length === 0) {
      return [`${component}: names no licence`];
    }
    return expressions.every(isPermitted) ? [] : [`${component}: ${expressions.join(' AND ')}`];
  });
}

function isPermitted(expression: string): boolean {
  try {
    return satisfies(expression, permitted);
  } catch {
    return false; // no SPDX expression, as "SEE LICENSE IN FILE"
  }
}
