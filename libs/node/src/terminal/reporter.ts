/** Output of a command to its user: permanent lines, a status line that is overwritten, and the outcome. */

import { clearLine, cursorTo } from 'node:readline';

export interface ReporterOptions {
  /** Prints the outcome as one JSON document on standard output, and everything else on standard error. */
  readonly json?: boolean;
  /** Prints nothing but warnings and the outcome. */
  readonly quiet?: boolean;
}

export interface Reporter {
  /** Prints a permanent line. */
  line(text: string): void;
  /** Shows the current status: replaces the previous one on a terminal, and is left out elsewhere. */
  status(text: string): void;
  /** Prints a line about something that should not be overlooked, even with `quiet`. */
  warn(text: string): void;
  /** Prints the outcome: `document` with `json`, else `text`. */
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
