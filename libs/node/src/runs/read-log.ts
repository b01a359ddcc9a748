/** Reads the lines of a run's log, from any version, including those that are still to come. */

import { InvalidInput } from '@gaitway/core';
import { printable } from '@gaitway/protocol';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { pollUntil } from '../files/poll-until.js';
import { refuseOtherThanFile } from '../files/read-file.js';
import { type EventFields, runEventText } from '../run/events/event-text.js';
import { exists, runFolder } from '../run/run-folder.js';
import { isRunning, runKind } from './run-kind.js';

export interface LogOptions {
  /** Waits for more lines as long as a process works on the run. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/**
 * All complete lines of `events.log`; anything after the last line break is still being written.
 *
 * @throws InvalidInput when the folder holds no run of a study, or no log yet; the signal's reason when it aborts.
 */
export async function* readLog(path: string, { follow, signal }: LogOptions): AsyncGenerator<string, void> {
  await runKind(path, ['study']);
  const { events } = runFolder(path);
  if (!(await exists(events))) {
    throw new InvalidInput(events, [{ path: '', message: 'expected the log of a run, found no such file' }]);
  }
  await refuseOtherThanFile(events, 'the log of a run');
  for (let offset = 0; ;) {
    // Checked before reading: then everything that the process wrote before it ended is in the file.
    const goesOn = follow && (await isRunning(path));
    const bytes = await wholeLines(events, offset);
    offset += bytes.length;
    yield* linesOf(bytes);
    if (!goesOn) {
      return;
    }
    const seen = offset;
    await pollUntil(async () => (await wholeLines(events, seen)).length > 0 || !(await isRunning(path)), signal);
  }
}

function linesOf(bytes: Buffer): readonly string[] {
  return bytes.toString('utf8').split('\n').slice(0, -1);
}

/** The bytes from an offset to the last line break. */
async function wholeLines(path: string, offset: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, size - offset)), { position: offset });
    return buffer.subarray(0, buffer.subarray(0, bytesRead).lastIndexOf('\n') + 1);
  } finally {
    await file.close();
  }
}

export interface LogLine extends EventFields {
  /** ISO 8601, in UTC. */
  readonly time: string;
}

const schema = z.looseObject({ time: z.string(), event: z.string() });

/** Undefined where the line is damaged. */
export function parseLogLine(line: string): LogLine | undefined {
  try {
    return schema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/**
 * Text such as `2026-03-05 18:04:10  student 3/20: 16 answered (12.3 s)`, in UTC. The content of a damaged line is
 * kept. Whatever is in the log, it is one line that no terminal acts on.
 */
export function logLineText(line: string): string {
  const parsed = parseLogLine(line);
  if (!parsed) {
    return printable(`damaged line: ${line}`);
  }
  const { time, ...event } = parsed;
  return printable(`${time.slice(0, 19).replace('T', ' ')}  ${runEventText(event)}`);
}
