/** The default folder of a run. */

import { join } from 'node:path';

/** A path `runs/<name>-<year><month><day>-<time>`, relative to the working directory. */
export function defaultRunFolder(name: string, now: Date): string {
  return join('runs', `${safeFileName(name)}-${timeStamp(now)}`);
}

/** Text `<year><month><day>-<time>`, in UTC. */
export function timeStamp(now: Date): string {
  return now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
}

/** A name as part of a path that cannot lead to another folder. */
export function safeFileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-');
}
