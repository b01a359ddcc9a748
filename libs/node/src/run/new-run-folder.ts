/** Where a run goes when nobody says so. */

import { join } from 'node:path';

/** `runs/<name>-<year><month><day>-<time>`, in the working directory. */
export function defaultRunFolder(name: string, now: Date): string {
  return join('runs', `${safeFileName(name)}-${timeStamp(now)}`);
}

/** `<year><month><day>-<time>`, in UTC. */
export function timeStamp(now: Date): string {
  return now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
}

/** A name as a part of a path that cannot lead elsewhere. */
export function safeFileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-');
}
