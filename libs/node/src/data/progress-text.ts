/** How far the reading of a folder is, in words, not more often than somebody can read them. */

/** Bytes that are read, and that are to be read. */
export interface ReadingProgress {
  readonly read: number;
  readonly all: number;
}

/** Between two texts. */
const PAUSE_SECONDS = 0.25;
/** A rate is told from then on. */
const FIRST_SECONDS = 1;

/**
 * A function that tells the progress with rate and remaining time.
 *
 * @param now - Seconds from any origin.
 */
export function progressText(
  tell: (text: string) => void,
  now: () => number = () => performance.now() / 1000,
): (progress: ReadingProgress) => void {
  let started: number | undefined;
  let last = Number.NEGATIVE_INFINITY;
  return ({ read, all }) => {
    const time = now();
    started = read === 0 ? time : (started ?? time);
    if (time - last < PAUSE_SECONDS) {
      return;
    }
    last = time;
    const seconds = time - started;
    const rate = seconds >= FIRST_SECONDS ? read / seconds : 0;
    const [done, total] = [read, all].map((bytes) => (bytes / 1e6).toFixed(0)) as [string, string];
    const pace = rate > 0 ? `, ${(rate / 1e6).toFixed(0)} MB/s, ${Math.ceil((all - read) / rate)} s left` : '';
    tell(`reading recordings: ${done} of ${total} MB${pace}`);
  };
}
