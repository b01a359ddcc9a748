/** How this process clears its memory. */

import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 look through its memory in one go, when 64 MiB of buffers have come: some 10 ms for the small heap of a
 * coordinator or a client. By itself it begins anew for each 8 MiB, which is every few parameter sets, and looks step by
 * step beside the work: a round with updates of 1.5 MB then takes twice as long.
 */
export function collectWhole(): void {
  setFlagsFromString('--no-incremental-marking');
}
