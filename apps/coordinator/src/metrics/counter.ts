/** A counter metric: a count for each set of labels. */

import type { Labels, Sample } from './metric-text.js';

export interface Counter {
  add(labels: Labels, by?: number): void;
  samples(): readonly Sample[];
}

export function createCounter(): Counter {
  const counts = new Map<string, { readonly labels: Labels; readonly value: number }>();
  return {
    add: (labels, by = 1) => {
      const key = JSON.stringify(labels);
      counts.set(key, { labels, value: (counts.get(key)?.value ?? 0) + by });
    },
    samples: () => [...counts.values()],
  };
}
