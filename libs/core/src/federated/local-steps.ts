/** How many steps a client took: what strategies know that undo the differences. */

/** The number of a client's local steps in a round, a positive integer, from the number of its windows (`examples`). */
export type LocalSteps = (examples: number) => number;
