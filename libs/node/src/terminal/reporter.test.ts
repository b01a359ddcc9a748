import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createReporter, type Reporter, type ReporterOptions } from './reporter.js';

/** Wipes a line of a terminal and goes back to its beginning. */
const WIPE = '\x1b[2K\x1b[1G';

interface Output {
  readonly out: string;
  readonly err: string;
}

/** The content of both streams after a command has used its reporter in this way. */
function outputOf(use: (reporter: Reporter) => void, options: ReporterOptions, isTTY = false): Output {
  const stream = (): PassThrough & { isTTY: boolean; columns: number } =>
    Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY, columns: 12 });
  const [out, err] = [stream(), stream()];
  use(createReporter(options, { out, err }));
  const textOf = (written: PassThrough): string => (written.read() as string | null) ?? '';
  return { out: textOf(out), err: textOf(err) };
}

/** Every kind of output of a command. */
function sayAll(reporter: Reporter): void {
  reporter.status('reading');
  reporter.line('a line');
  reporter.warn('a warning');
  reporter.outcome({ done: true }, 'done');
}

describe('a reporter', () => {
  it('writes lines and the outcome to standard output, warnings to standard error', () => {
    expect(outputOf(sayAll, {})).toEqual({ out: 'a line\ndone\n', err: 'a warning\n' });
  });

  it('leaves standard output to the JSON document alone', () => {
    expect(outputOf(sayAll, { json: true })).toEqual({ out: '{"done":true}\n', err: 'a line\na warning\n' });
  });

  it('keeps warnings and the outcome when it is quiet', () => {
    expect(outputOf(sayAll, { quiet: true }, true)).toEqual({ out: 'done\n', err: 'a warning\n' });
    expect(outputOf(sayAll, { quiet: true, json: true })).toEqual({ out: '{"done":true}\n', err: 'a warning\n' });
  });
});

describe('a status on a terminal', () => {
  it('takes the place of the last one, and makes way for lines', () => {
    const use = (reporter: Reporter): void => {
      reporter.status('one');
      reporter.status('two');
      reporter.line('a line');
      reporter.line('another');
    };
    expect(outputOf(use, {}, true).out).toBe(`one${WIPE}two${WIPE}a line\nanother\n`);
  });

  it('is cut so that it never wraps', () => {
    const use = (reporter: Reporter): void => {
      reporter.status('twelve chars');
    };
    expect(outputOf(use, {}, true).out).toBe('twelve char');
  });

  it('is wiped from the stream that shows it, wherever the next text goes', () => {
    const use = (reporter: Reporter): void => {
      reporter.status('one');
      reporter.outcome({}, '');
    };
    expect(outputOf(use, { json: true }, true)).toEqual({ out: '{}\n', err: `one${WIPE}` });
  });
});
