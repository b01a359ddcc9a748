/** Finds names of people or activities that are probably one name, written in several ways. */

import type { Suspect } from '../inspection.js';
import { grouped } from './grouped.js';

/**
 * The form in which names are compared: without case, blanks, dashes, signs that nobody sees, accents, widths of letters,
 * zeros before a number and `.0` behind it. What separates two numbers stays: `1-11` is not `11-1`.
 */
function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^(\d+)\.0+$/, '$1')
    .replace(/[\p{C}\p{M}]+/gu, '')
    .replace(/(?<!\p{Nd})[\p{Z}\p{Pd}\p{Pc}]+|[\p{Z}\p{Pd}\p{Pc}]+(?!\p{Nd})/gu, '')
    .replace(/(?<![\d.,])0+(?=\d)/g, '');
}

/** A suspect for each group of names that are equal but for how they are written. */
export function similarNames(what: 'people' | 'activities', names: Iterable<string>): readonly Suspect[] {
  const groups = grouped(new Set(names), plainName);
  return [...groups.values()]
    .filter((same) => same.length > 1)
    .map((same) => {
      const written = same.map((name) => JSON.stringify(name)).join(', ');
      const advice =
        what === 'people'
          ? 'if they are one person, training and test would share that person: write the name in one way'
          : 'if they are one activity, write it in one way (activity: { column: …, names: … } in gaitway.yaml renames)';
      return {
        kind: 'similar-names',
        source: what,
        reason: `${written} differ only in how they are written: ${advice}`,
      };
    });
}
