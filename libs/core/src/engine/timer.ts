/** All that the engine knows of time. The core has no clock: whoever runs a study brings one. */
export interface Timer {
  /** Calls `ring` once, after so many seconds; the result calls it off. */
  after(seconds: number, ring: () => void): () => void;
}
