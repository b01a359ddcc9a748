/** Replaying buffered rounds: the same clients' updates of the same models. */

import { StudyStopped } from '../../errors.js';
import type { TrainTask } from '../../train/task.js';
import { openAsyncTaskPool } from '../buffered/async-task-pool.js';
import type { BufferedStage } from '../buffered/buffered-rounds.js';
import { earlierModels, earlierTasks } from '../buffered/earlier-models.js';
import { updateBuffer } from '../buffered/update-buffer.js';
import type { CollectedUpdates } from '../collect-updates.js';
import { roundTask } from '../round-task.js';
import { finishRound, type RoundRunner } from '../run-round.js';
import {
  recordedAnswers,
  requireRecordedAnswers,
  type RecordedAnswer,
  type RecordedCohorts,
} from './recorded-cohorts.js';

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
      return { ...result, carried: { ...result.carried, buffer: { now: 0, atWork: [], models } } };
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
  const { plan, strategy, updateSize: parameters } = context;
  const buffer = updateBuffer({ round, parameters, plan, aggregator: strategy.aggregator });
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
