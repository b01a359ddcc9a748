/** A round as one line on the terminal. */

import type { RoundReport } from '@gaitway/core';
import { outcomesOf } from '../run/events/event-text.js';
import { lostMemories } from '../run/state/lost-memories.js';
import { stalenessOf } from '../run/events/staleness.js';

/** `student 3/20: 16 answered, 1 abstained, weighted F1 0.612`, followed by a line for each client that failed or was late. */
export function roundText(report: RoundReport): string {
  const { stage, where, round, rounds, phase, clients, after, evaluation } = report;
  const place = rounds > 1 ? `${stage} ${round}/${rounds}` : stage;
  const staleness = stalenessOf(clients);
  const parts = [
    ...(where === 'clients' && clients.length > 0 ? [outcomes(clients)] : []),
    ...(staleness ? [`staleness ${staleness.mean.toFixed(1)}, at most ${staleness.most}`] : []),
    ...(after ? ['coordinator trained'] : []),
    ...(evaluation ? [`weighted F1 ${evaluation.weightedF1.toFixed(3)}`] : []),
  ];
  const aborted = phase === 'aborted' ? [`  skipped: ${report.reason}`] : [];
  const failures = clients.flatMap((client) =>
    client.outcome === 'failed' || client.outcome === 'late'
      ? [`  ${client.client} ${client.outcome}: ${client.reason}`]
      : [],
  );
  const losses = lostMemories(clients).map(({ client, lost }) => `  ${client} started over: its memory is ${lost}`);
  return [`${place}: ${parts.join(', ') || 'done'}`, ...aborted, ...failures, ...losses].join('\n');
}

function outcomes(clients: RoundReport['clients']): string {
  const counts: Record<string, number> = {};
  for (const { outcome } of clients) {
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return outcomesOf(counts);
}
