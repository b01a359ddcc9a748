/** Replaying synchronous rounds: each asks exactly the clients whose answers counted in the record. */

import { COORDINATOR } from '../../study/study.js';
import type { RoundPlan } from '../round.js';
import { collectRound, finishRound, type RoundRunner } from '../run-round.js';
import type { StageContext } from '../stage-context.js';
import { recordedAnswers, requireRecordedAnswers, type RecordedCohorts } from './recorded-cohorts.js';

/** Rounds that wait for everybody they ask, and stop the study where one of them does not answer. */
export function replayedRounds(context: StageContext, cohorts: RecordedCohorts): RoundRunner {
  const { name } = context.stage;
  return {
    next: async (round, state) => {
      const collected = await collectRound(context, round, state, recordedPlan(name, round, cohorts));
      requireRecordedAnswers(name, round, collected.outcome);
      return finishRound(context, round, state, collected);
    },
    close: () => undefined,
  };
}

/** @throws StudyStopped when the record does not contain the round */
function recordedPlan(stage: string, round: number, cohorts: RecordedCohorts): RoundPlan {
  const counted = recordedAnswers(stage, round, cohorts).map(({ client }) => client);
  const cohort = counted.filter((client) => client !== COORDINATOR);
  return {
    cohort,
    uncounted: counted.filter((client) => client === COORDINATOR),
    quorum: Math.max(1, cohort.length),
  };
}
