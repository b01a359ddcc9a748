/** Deadlines: the core has no clock, so whoever runs a study passes a timer in. */

export interface Timer {
  /** Calls `callback` once, after `seconds`. The returned function cancels that. */
  after(seconds: number, callback: () => void): () => void;
}
