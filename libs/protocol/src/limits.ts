/** The largest sizes that messages and their fields may have. Both sides refuse anything larger. */

/** Characters of a name: of a client, a stage or an activity. */
export const NAME_LENGTH = 100;

/** Characters of a text such as a reason. `shortened` makes a text fit. */
export const TEXT_LENGTH = 2_000;

/** Numbers in one set of parameters, which take 256 MiB. */
export const PARAMETER_COUNT = 67_108_864;

/**
 * Bytes of the smallest part. A message that is larger travels in parts: the first ones have this size, and all but the
 * last are a multiple of it.
 */
export const PART_BYTES = 32_768;

/** Bytes of the largest part, which only a fast connection uses. */
export const LARGEST_PART_BYTES = 524_288;

/**
 * How many parts may be in flight. A heartbeat queues behind them and must arrive within 20 seconds, so a connection
 * needs at least 7 kB per second.
 */
export const PARTS_AHEAD = 4;

/** Bytes of the largest frame, even where a proxy turns it into base64. */
export const LARGEST_FRAME_BYTES = 786_432;

/** Bytes of a message in parts: 1 GiB, enough for a task with parameters and a teacher of the largest size. */
export const LARGEST_MESSAGE_BYTES = 1_073_741_824;

/** Seconds that a client can be told to stay away: one hour. */
export const LONGEST_PAUSE_SECONDS = 3_600;

/**
 * Values (numbers, texts, lists and so on) in one message: far more than any message needs. Validation takes time for
 * each value, so the number is bounded before it begins.
 */
export const VALUE_COUNT = 20_000;

/** How deep lists and maps may be nested. */
export const NESTING_DEPTH = 32;
