/** Reports on one study among several. */

import type { Reporter } from '@gaitway/node';

/** Makes a reporter that begins every line with the study's name. */
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
