/** Handles output streams of this process whose reader has gone, as with `| head`. */

/** Lets work continue when nobody reads its output any more: the results of a run are in its folder. */
export function outliveReaders(streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') {
        throw error;
      }
    });
  }
}
