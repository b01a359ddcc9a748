/** Configures the garbage collection of this process. */

import { setFlagsFromString } from 'node:v8';

/**
 * Makes V8 mark its memory in one go once 64 MiB of buffers have been allocated, which takes about 10 ms for the small
 * heap of a coordinator or a client. By default it starts marking again for each 8 MiB, which is every few parameter
 * sets, and marks incrementally beside the work: a round with updates of 1.5 MB then takes twice as long.
 */
export function collectWhole(): void {
  setFlagsFromString('--no-incremental-marking');
}
