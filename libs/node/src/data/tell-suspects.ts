/** Tells what is suspect in the data of a command that trains, and how far it has read. */

import { InvalidInput } from '@gaitway/core';
import type { DataCheck } from './data-folder.js';
import { progressText } from './progress-text.js';
import { suspectLines } from './render-inspection.js';

/** The parts of a reporter that a check uses. */
interface Teller {
  warn(text: string): void;
  status(text: string): void;
}

/**
 * A check that warns of everything suspect once, or with `strict` refuses it: `gaitway inspect` lists all of it.
 *
 * @returns A check whose `tell` throws InvalidInput with an issue for each suspect, with `strict`.
 */
export function dataCheck({ strict = false }: { readonly strict?: boolean }, reporter: Teller): DataCheck {
  const told = new Set<string>();
  return {
    progress: progressText((text) => {
      reporter.status(text);
    }),
    tell: (suspects, folder) => {
      if (strict && suspects.length > 0) {
        const issues = suspects.map(({ source, reason }) => ({ path: source, message: reason }));
        throw new InvalidInput(folder, [...issues, { path: '', message: 'expected nothing suspect (--strict)' }]);
      }
      // A study whose recipe is chosen reads its labelled people twice.
      const lines = suspectLines(suspects).filter((line) => !told.has(line));
      for (const line of lines) {
        told.add(line);
      }
      if (lines.length > 0) {
        reporter.warn([`look at, in ${folder}`, ...lines].join('\n'));
      }
    },
  };
}
