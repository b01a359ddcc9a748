/** How much of each thing a message may hold. Both sides refuse what is longer. */

/** Letters of a name: a client's, a stage's, an activity's. */
export const NAME_LENGTH = 100;

/** Letters of a reason. {@link shortened} makes a text fit. */
export const TEXT_LENGTH = 2_000;

/** Numbers of one set of parameters: 256 MiB. */
export const PARAMETER_COUNT = 67_108_864;

/** What is larger travels in parts: the first are of this size, all but the last are multiples of it. */
export const PART_BYTES = 32_768;

/** Bytes of the largest part, on a good line. */
export const LARGEST_PART_BYTES = 524_288;

/**
 * Parts that may be on their way. A heartbeat waits behind them, and must come through within 20 seconds: so a line of
 * 7 kB a second will do.
 */
export const PARTS_AHEAD = 4;

/** Bytes of the largest frame, also where a proxy makes it base64. */
export const LARGEST_FRAME_BYTES = 786_432;

/** Bytes of a message in parts: 1 GiB, for a task with a teacher and more of the same size. */
export const LARGEST_MESSAGE_BYTES = 1_073_741_824;

/** Seconds that a client can be told to stay away: an hour. */
export const LONGEST_PAUSE_SECONDS = 3_600;

/** Numbers, texts, lists and so on in one message: far more than any needs. Each that is wrong takes time to refuse. */
export const VALUE_COUNT = 20_000;

/** Lists and maps inside one another. */
export const NESTING_DEPTH = 32;

/** The text, cut where it is longer than a message may say. */
export function shortened(text: string): string {
  return text.length <= TEXT_LENGTH ? text : `${text.slice(0, TEXT_LENGTH - 1)}…`;
}
