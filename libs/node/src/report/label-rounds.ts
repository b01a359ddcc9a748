/** The pseudo-labels of each round of a stage: how many were accepted, of which activities, how sure and how right. */

import { COORDINATOR } from '@gaitway/core';
import type { RoundLine } from '../run/round-line.js';

export interface LabelRound {
  readonly round: number;
  /** Clients that told how many windows they had. */
  readonly clients: number;
  /** Windows that they had. */
  readonly windows: number;
  /** Windows whose labels they used, by activity, without those that a client withheld. */
  readonly accepted: readonly number[];
  /** Mean probability of these labels; absent where clients do not tell, as in a deployment. */
  readonly confidence?: number;
  /** Share of right labels among those whose true activity a simulation knows. */
  readonly right?: number;
}

/** The rounds of a stage in which clients told about their windows, ascending. The coordinator is left out. */
export function labelRoundsOf(lines: readonly RoundLine[], stage: string, activities: number): readonly LabelRound[] {
  return lines
    .filter((line) => line.stage === stage)
    .map((line) => labelRound(line, activities))
    .filter(({ windows, accepted }) => windows > 0 && sum(accepted) > 0);
}

function labelRound({ round, clients }: RoundLine, activities: number): LabelRound {
  const answers = clients.flatMap((entry) =>
    entry.outcome === 'answered' && entry.client !== COORDINATOR && entry.summary ? [entry.summary] : [],
  );
  const idle = clients.flatMap((entry) => (entry.outcome === 'abstained' ? (entry.windows ?? []) : []));
  const accepted = Array.from({ length: activities }, (_, index) =>
    sum(answers.map((summary) => summary.accepted?.[index] ?? 0)),
  );
  const measured = answers.flatMap((summary) =>
    summary.labels ? [{ ...summary.labels, accepted: sum((summary.accepted ?? []).map((count) => count ?? 0)) }] : [],
  );
  const [used, known] = [sum(measured.map((each) => each.accepted)), sum(measured.map((each) => each.known))];
  return {
    round,
    clients: answers.length + idle.length,
    windows: sum(answers.map(({ windows }) => windows)) + sum(idle),
    accepted,
    ...(used > 0 && { confidence: sum(measured.map((each) => each.confidence * each.accepted)) / used }),
    ...(known > 0 && { right: sum(measured.map(({ right }) => right)) / known }),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
