/** The record of a run: whose answers counted in each round. With it, a run that did not wait for everybody is replayed. */

import { StudyStopped } from '../../errors.js';
import type { AnsweredOutcome, ClosedRound } from '../round.js';
import type { RoundReport } from '../round-report.js';

/** An answer that counted. */
export type RecordedAnswer = Pick<AnsweredOutcome, 'client' | 'staleness'>;

/**
 * For each stage by name, and each of its rounds: the answers that counted, the coordinator's among them. The list of an
 * aborted round is empty.
 */
export type RecordedCohorts = ReadonlyMap<string, readonly (readonly RecordedAnswer[])[]>;

/** The part of a report that says whose answers counted. */
type RecordedRound = Pick<RoundReport, 'stage' | 'phase' | 'clients'>;

/** The record of a run. @param rounds - The run's reports, in their order */
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

/**
 * The answers that counted in a round of the record.
 *
 * @throws StudyStopped when the record does not contain the round
 */
export function recordedAnswers(stage: string, round: number, cohorts: RecordedCohorts): readonly RecordedAnswer[] {
  const counted = cohorts.get(stage)?.[round - 1];
  if (!counted) {
    throw new StudyStopped(`Expected a record of stage "${stage}", round ${round}, found none`);
  }
  return counted;
}

/** @throws StudyStopped when a client whose answer counted in the record has not answered this time */
export function requireRecordedAnswers(stage: string, round: number, { clients }: ClosedRound): void {
  const missing = clients.flatMap((client) =>
    client.outcome === 'answered' ? [] : [`${client.client} ${client.outcome}: ${client.reason}`],
  );
  if (missing.length > 0) {
    const expected = `Expected an answer of all ${clients.length} in the record of stage "${stage}", round ${round}`;
    throw new StudyStopped(`${expected}, found ${missing.join('; ')}`);
  }
}
