/** Whose answers counted in a run: with it a run in which rounds did not wait for everybody can be repeated. */

import { StudyStopped } from '../errors.js';
import { COORDINATOR } from '../study/study.js';
import type { AnsweredOutcome, ClosedRound, RoundPlan } from './round.js';
import type { RoundReport } from './round-report.js';

/** An answer that counted. */
export type RecordedAnswer = Pick<AnsweredOutcome, 'client' | 'staleness'>;

/** By stage, for each of its rounds: which answers count, the coordinator's among them; none where it was aborted. */
export type RecordedCohorts = ReadonlyMap<string, readonly (readonly RecordedAnswer[])[]>;

/** The part of a report that says whose answers counted. */
type RecordedRound = Pick<RoundReport, 'stage' | 'phase' | 'clients'>;

/** The cohorts of a run's rounds, which come in their order. */
export function recordedCohorts(rounds: Iterable<RecordedRound>): RecordedCohorts {
  const cohorts = new Map<string, (readonly RecordedAnswer[])[]>();
  for (const { stage, phase, clients } of rounds) {
    const answered = clients.flatMap((outcome) => (outcome.outcome === 'answered' ? [recordedAnswer(outcome)] : []));
    const before = cohorts.get(stage) ?? [];
    before.push(phase === 'completed' ? answered : []);
    cohorts.set(stage, before);
  }
  return cohorts;
}

function recordedAnswer({ client, staleness }: AnsweredOutcome): RecordedAnswer {
  return staleness === undefined ? { client } : { client, staleness };
}

/** @throws StudyStopped when the record does not have the round */
export function recordedAnswers(stage: string, round: number, cohorts: RecordedCohorts): readonly RecordedAnswer[] {
  const counted = cohorts.get(stage)?.[round - 1];
  if (!counted) {
    throw new StudyStopped(`Expected a record of stage "${stage}", round ${round}, found none`);
  }
  return counted;
}

/**
 * The plan that asks exactly those whose answers counted, and waits for all of them.
 *
 * @throws StudyStopped when the record does not have the round
 */
export function recordedPlan(stage: string, round: number, cohorts: RecordedCohorts): RoundPlan {
  const counted = recordedAnswers(stage, round, cohorts).map(({ client }) => client);
  const cohort = counted.filter((client) => client !== COORDINATOR);
  return {
    cohort,
    uncounted: counted.filter((client) => client === COORDINATOR),
    quorum: Math.max(1, cohort.length),
  };
}

/** @throws StudyStopped when somebody whose answer counted in the record has not answered now */
export function requireRecordedAnswers(stage: string, round: number, { clients }: ClosedRound): void {
  const missing = clients.flatMap((client) =>
    client.outcome === 'answered' ? [] : [`${client.client} ${client.outcome}: ${client.reason}`],
  );
  if (missing.length > 0) {
    const expected = `Expected an answer of all ${clients.length} in the record of stage "${stage}", round ${round}`;
    throw new StudyStopped(`${expected}, found ${missing.join('; ')}`);
  }
}
