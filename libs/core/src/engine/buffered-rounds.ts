/**
 * Rounds that wait for nobody in particular (FedBuff: Nguyen et al. 2022, arXiv 2106.06639, algorithm 1): clients are at
 * work all the time, each on the model that was the newest when it began, and so many updates make a round.
 */

import { createRng } from '../math/random.js';
import type { BufferPlan } from '../study/study.js';
import { availableClients } from './available-clients.js';
import { earlierModels, earlierTasks, type BufferState } from './buffer-state.js';
import { sampleCohort } from './cohort.js';
import { finishStageRound, trainTaskOf, type Carried, type StageConduct, type StageRounds } from './stage-round.js';
import { updateBuffer, type UpdateBuffer } from './update-buffer.js';
import { openDesk, type WorkDesk } from './work-desk.js';

/** What stays the same in all rounds of a stage with a buffer. */
export interface BufferConduct extends StageConduct {
  readonly plan: BufferPlan;
  readonly rounds: number;
}

/** Drawn rounds, whose clients stay at work between them until `close`. */
export function bufferedRounds(conduct: BufferConduct): StageRounds {
  const { plan, strategy } = conduct;
  let desk: WorkDesk | undefined;
  return {
    next: async (round, carried) => {
      desk ??= await deskOf(conduct, carried);
      const task = await trainTaskOf(conduct, round, carried);
      const parameters = task.parameters.length;
      const buffer = updateBuffer({ round, parameters, plan, aggregator: strategy.aggregator });
      for (let draw = 0; !buffer.isFull() && (await canGoOn(conduct, desk, buffer)); draw++) {
        const rng = createRng(conduct.study.seed).fork('buffer', task.stage, round, draw);
        const free = plan.concurrency - desk.atWork().length;
        for (const client of sampleCohort(idleClients(conduct, desk, buffer), free, rng)) {
          desk.begin(client, task);
        }
        const work = await desk.next();
        if (work) {
          buffer.take(work);
        }
      }
      letGo(conduct, round, desk, buffer);
      const finished = await finishStageRound(conduct, round, carried, buffer.close());
      return { ...finished, carried: { ...finished.carried, ...stateOf(conduct, desk, finished.carried) } };
    },
    close: () => desk?.close(),
  };
}

/** The desk of a stage that begins, or of one that goes on with whoever was at work, as far as they are there. */
async function deskOf(conduct: BufferConduct, { buffer, labelling }: Carried): Promise<WorkDesk> {
  const { stage, given, fleet, plan } = conduct;
  const desk = openDesk({ ...conduct, deadline: plan.deadline, now: buffer?.now });
  if (buffer) {
    const tasks = await earlierTasks(stage, buffer.models, given, labelling);
    const available = new Set(availableClients(fleet));
    for (const { client, round, due } of buffer.atWork) {
      const task = tasks.get(round);
      if (task && available.has(client)) {
        desk.begin(client, task, due);
      }
    }
  }
  return desk;
}

/**
 * Whether anybody is or can be at work. Waits for clients where too few are there to fill a buffer; where enough are,
 * all of them have been asked in this round, and it cannot be completed.
 */
async function canGoOn(conduct: BufferConduct, desk: WorkDesk, buffer: UpdateBuffer<unknown>): Promise<boolean> {
  const { fleet, plan, signal } = conduct;
  const isIdle = (): boolean => desk.atWork().length === 0 && idleClients(conduct, desk, buffer).length === 0;
  while (isIdle() && fleet.available().length < plan.size) {
    await fleet.gather(plan.size, signal);
  }
  return !isIdle();
}

/** Who can be asked: a client answers once in a round, since a second time it would learn the same. */
function idleClients({ fleet }: BufferConduct, desk: WorkDesk, buffer: UpdateBuffer<unknown>): readonly string[] {
  const atWork = new Set(desk.atWork().map(({ client }) => client));
  return availableClients(fleet).filter((client) => !buffer.has(client) && !atWork.has(client));
}

/** After the last round nobody is needed any more; before that, nobody whose update could not count in the next. */
function letGo({ plan, rounds }: BufferConduct, round: number, desk: WorkDesk, buffer: UpdateBuffer<unknown>): void {
  const { most } = plan.staleness;
  for (const { client, task } of desk.atWork()) {
    if (round === rounds) {
      desk.dismiss(client);
      buffer.note({ client, outcome: 'surplus', reason: 'the last round of the stage ended before it' });
    } else if (round + 1 - task.round > most) {
      desk.dismiss(client);
      buffer.note({ client, outcome: 'late', reason: `at work since round ${task.round}, more than ${most} rounds` });
    }
  }
}

/** Only an order that is drawn can go on as if nothing had happened. */
function stateOf({ durations }: BufferConduct, desk: WorkDesk, { labelling }: Carried): { buffer?: BufferState } {
  if (!durations) {
    return {};
  }
  const works = desk.atWork();
  return {
    buffer: {
      now: desk.now(),
      atWork: works.map(({ client, task, due }) => ({ client, round: task.round, due })),
      models: earlierModels(
        works.map(({ task }) => task),
        labelling,
      ),
    },
  };
}
