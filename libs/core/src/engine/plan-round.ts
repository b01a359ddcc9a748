/** Who is asked in a round, and for whom it waits. */

import { createRng } from '../math/random.js';
import { cohortSize } from '../study/plans/cohort-size.js';
import { COORDINATOR, type Stage, type Study } from '../study/study.js';
import { availableClients } from './available-clients.js';
import { sampleCohort } from './cohort.js';
import type { Fleet } from './fleet.js';
import type { RoundPlan } from './round.js';

export interface RoundPlace {
  readonly study: Study;
  readonly stage: Stage;
  /** 1 is the first. */
  readonly round: number;
}

/**
 * The coordinator alone in a stage of its own; else a cohort of the clients, once enough of them are there, with the
 * coordinator beside them where it takes part. With over-selection there are more of them than the round waits for.
 *
 * @throws StudyStopped when a client has the coordinator's name
 */
export async function planRound(
  { study, stage, round }: RoundPlace,
  fleet: Fleet,
  signal: AbortSignal,
): Promise<RoundPlan> {
  if (stage.where === 'coordinator') {
    return { cohort: [COORDINATOR], uncounted: [], quorum: 1 };
  }
  const { target, minimum, quorum, overSelect, deadline } = stage.cohort;
  await fleet.gather(minimum, signal);
  const available = availableClients(fleet);
  const size = cohortSize(target, available.length);
  const rng = createRng(study.seed).fork('cohort', stage.name, round);
  return {
    cohort: sampleCohort(available, size + (overSelect ?? 0), rng),
    uncounted: stage.coordinatorTakesPart ? [COORDINATOR] : [],
    quorum,
    ...(overSelect !== undefined && { enough: size }),
    ...(deadline !== undefined && { deadline }),
  };
}
