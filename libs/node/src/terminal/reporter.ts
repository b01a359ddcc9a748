/** What a command tells the person who started it: lasting lines, a line that moves on, and the outcome. */

import { clearLine, cursorTo } from 'node:readline';

export interface ReporterOptions {
  /** The outcome is one JSON document on standard output; everything else goes to standard error. */
  readonly json?: boolean;
  /** Nothing but warnings and the outcome. */
  readonly quiet?: boolean;
}

export interface Reporter {
  /** A line that stays. */
  line(text: string): void;
  /** Where things stand now: takes the place of the last one on a terminal, and is left out elsewhere. */
  status(text: string): void;
  /** A line about something that should not be overlooked; `quiet` keeps it. */
  warn(text: string): void;
  /** What came of it all: `document` with `json`, else `text`. */
  outcome(document: unknown, text: string): void;
}

/** The parts of standard output and standard error that a reporter uses. */
type Stream = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'> & NodeJS.WritableStream;

/** A reporter for this process, or for other streams. */
export function createReporter(
  { json = false, quiet = false }: ReporterOptions = {},
  streams: { readonly out: Stream; readonly err: Stream } = { out: process.stdout, err: process.stderr },
): Reporter {
  const talk = json ? streams.err : streams.out;
  let shown = false;
  const clear = (): void => {
    if (shown) {
      clearLine(talk, 0);
      cursorTo(talk, 0);
      shown = false;
    }
  };
  const write = (stream: Stream, text: string): void => {
    clear();
    stream.write(`${text}\n`);
  };
  return {
    line: (text) => {
      if (!quiet) {
        write(talk, text);
      }
    },
    status: (text) => {
      if (!quiet && talk.isTTY) {
        clear();
        talk.write(text.slice(0, talk.columns - 1));
        shown = true;
      }
    },
    warn: (text) => {
      write(streams.err, text);
    },
    outcome: (document, text) => {
      write(streams.out, json ? JSON.stringify(document) : text);
    },
  };
}
