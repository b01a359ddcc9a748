/**
 * Replaying rounds: each asks exactly the clients whose answers counted in the record. Synchronous rounds ask them for
 * updates of the current model, buffered ones for updates of the same models as in the record.
 */

import { StudyStopped } from '../../errors.js';
import { COORDINATOR } from '../../study/study.js';
import type { TrainTask } from '../../train/task.js';
import { openAsyncTaskPool } from '../buffered/async-task-pool.js';
import type { BufferedStage } from '../buffered/buffered-rounds.js';
import { updateBuffer } from '../buffered/update-buffer.js';
import type { CollectedUpdates } from '../collect-updates.js';
import { earlierModels, earlierTasks, roundTask } from '../round-task.js';
import type { RoundPlan } from '../round.js';
import { collectRound, finishRound, type RoundRunner } from '../run-round.js';
import type { StageContext } from '../stage-context.js';
import {
  recordedAnswers,
  requireRecordedAnswers,
  type RecordedCohorts,
  type RecordedAnswer,
} from './recorded-cohorts.js';

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

/** Rounds that ask exactly the clients whose answers counted, on the models they had, and wait for all of them. */
export function replayedBuffers(context: BufferedStage, cohorts: RecordedCohorts): RoundRunner {
  const { name } = context.stage;
  return {
    next: async (round, state) => {
      const answers = recordedAnswers(name, round, cohorts);
      const newest = await roundTask(context, round, state);
      const tasks = new Map([...(await earlierTasks(context, state)), [round, newest]]);
      const collected = await collectRecorded(context, round, answers, tasks);
      requireRecordedAnswers(name, round, collected.outcome);
      const result = await finishRound(context, round, state, collected);
      const needed = roundsNeeded(cohorts.get(name) ?? [], round);
      const kept = [...tasks.values()].filter((task) => needed.has(task.round));
      const models = earlierModels(kept, result.carried.labelling);
      return { ...result, carried: { ...result.carried, buffer: { now: 0, inProgress: [], models } } };
    },
    close: () => undefined,
  };
}

/** @param tasks - By round: the newest, and the earlier ones that the record still needs */
async function collectRecorded(
  context: BufferedStage,
  round: number,
  answers: readonly RecordedAnswer[],
  tasks: ReadonlyMap<number, TrainTask>,
): Promise<CollectedUpdates<unknown>> {
  const { study, plan, strategy, updateSize: parameters } = context;
  const activities = study.activities.length;
  const buffer = updateBuffer({ round, parameters, activities, plan, aggregator: strategy.aggregator });
  const pool = openAsyncTaskPool({ ...context, durations: undefined });
  try {
    for (const answer of answers) {
      pool.start(answer.client, taskFor(answer, round, tasks));
    }
    while (pool.running().length > 0) {
      const finished = await pool.next();
      if (finished) {
        buffer.take(finished);
      }
    }
  } finally {
    pool.close();
  }
  return buffer.close();
}

/** @throws StudyStopped when the record is of other rounds */
function taskFor(
  { client, staleness = 0 }: RecordedAnswer,
  round: number,
  tasks: ReadonlyMap<number, TrainTask>,
): TrainTask {
  const task = tasks.get(round - staleness);
  if (!task) {
    const found = `one that begins in round ${round - staleness}`;
    throw new StudyStopped(`Expected an earlier model for ${client} in the record of round ${round}, found ${found}`);
  }
  return task;
}

/** The rounds whose models later rounds of the record ask for. */
function roundsNeeded(rounds: readonly (readonly RecordedAnswer[])[], round: number): ReadonlySet<number> {
  const later = rounds.slice(round);
  return new Set(later.flatMap((answers, index) => answers.map(({ staleness = 0 }) => round + 1 + index - staleness)));
}
