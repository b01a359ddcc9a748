/** A line of `events.log`, from any version. */

import { z } from 'zod';
import { runEventText, type EventFields } from '../run/events/event-text.js';

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
 * kept.
 */
export function logLineText(line: string): string {
  const parsed = parseLogLine(line);
  if (!parsed) {
    return `damaged line: ${line}`;
  }
  const { time, ...event } = parsed;
  return `${time.slice(0, 19).replace('T', ' ')}  ${runEventText(event)}`;
}
