/** Where a run goes when nobody says so. */

import { join } from 'node:path';

/** `runs/<name>-<year><month><day>-<time>`, in the working directory. */
export function defaultRunFolder(name: string, now: Date): string {
  const time = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const safeName = name.replace(/[^\p{L}\p{N}._-]+/gu, '-');
  return join('runs', `${safeName}-${time}`);
}
