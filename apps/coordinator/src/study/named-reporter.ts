/** Tells of one study among several. */

import type { Reporter } from '@gaitway/node';

/** What is said through it begins with the study's name, on every line. */
export function namedReporter(reporter: Reporter, name: string): Reporter {
  const named = (text: string): string => text.replace(/^/gm, `[${name}] `);
  return {
    ...reporter,
    line: (text) => {
      reporter.line(named(text));
    },
    warn: (text) => {
      reporter.warn(named(text));
    },
  };
}
