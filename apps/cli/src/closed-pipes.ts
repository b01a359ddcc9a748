/** Streams of this process whose reader has gone, as behind `| head`. */

/** Lets work go on that nobody reads about any more: what a run is worth is in its folder. */
export function outliveReaders(streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') {
        throw error;
      }
    });
  }
}
