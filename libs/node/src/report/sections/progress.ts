/** How the figures of the global model went over the rounds. */

import type { RoundLine } from '../../run/round-line.js';
import type { Comparison } from '../comparison.js';
import { curve } from '../charts/curve.js';
import type { Markup } from '../markup.js';
import { scrollable, section } from '../section.js';

export function progressSection(rounds: readonly RoundLine[], { teacher }: Comparison): Markup {
  const title = 'Over the rounds';
  return section(title, scrollable(title, curve(rounds, teacher?.evaluation.weightedF1)));
}
