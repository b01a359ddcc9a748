/** The number of a client's local steps, for strategies that correct for differences in it. */

/** The number of a client's local steps in a round, a positive integer, from the number of its windows (`examples`). */
export type LocalSteps = (examples: number) => number;
