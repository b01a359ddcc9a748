/** Buffered rounds of another run again: the same clients' updates of the same models. */

import { StudyStopped } from '../errors.js';
import type { TrainTask } from '../train/task.js';
import { earlierModels, earlierTasks } from './buffer-state.js';
import type { BufferConduct } from './buffered-rounds.js';
import {
  recordedAnswers,
  requireRecordedAnswers,
  type RecordedAnswer,
  type RecordedCohorts,
} from './recorded-cohorts.js';
import { finishStageRound, trainTaskOf, type StageRounds } from './stage-round.js';
import { updateBuffer } from './update-buffer.js';
import { openDesk } from './work-desk.js';

/** Rounds that ask exactly those whose answers counted, on the models that they had, and wait for all of them. */
export function recordedBuffers(conduct: BufferConduct, cohorts: RecordedCohorts): StageRounds {
  const { stage, given, plan, strategy } = conduct;
  return {
    next: async (round, carried) => {
      const counted = recordedAnswers(stage.name, round, cohorts);
      const newest = await trainTaskOf(conduct, round, carried);
      const earlier = await earlierTasks(stage, carried.buffer?.models ?? [], given, carried.labelling);
      const tasks = new Map([...earlier, [round, newest]]);
      const parameters = newest.parameters.length;
      const buffer = updateBuffer({ round, parameters, plan, aggregator: strategy.aggregator });
      const desk = openDesk({ ...conduct, durations: undefined });
      try {
        for (const answer of counted) {
          desk.begin(answer.client, taskFor(answer, round, tasks));
        }
        while (desk.atWork().length > 0) {
          const work = await desk.next();
          if (work) {
            buffer.take(work);
          }
        }
      } finally {
        desk.close();
      }
      const conducted = buffer.close();
      requireRecordedAnswers(stage.name, round, conducted.outcome);
      const finished = await finishStageRound(conduct, round, carried, conducted);
      const needed = modelsNeeded(cohorts.get(stage.name) ?? [], round);
      const kept = [...tasks.values()].filter((task) => needed.has(task.round));
      const models = earlierModels(kept, finished.carried.labelling);
      return { ...finished, carried: { ...finished.carried, buffer: { now: 0, atWork: [], models } } };
    },
    close: () => undefined,
  };
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

/** The rounds whose models the record asks for after that round. */
function modelsNeeded(rounds: readonly (readonly RecordedAnswer[])[], round: number): ReadonlySet<number> {
  const later = rounds.slice(round);
  return new Set(later.flatMap((answers, index) => answers.map(({ staleness = 0 }) => round + 1 + index - staleness)));
}
