/** Who is asked in a round. More clients than the quorum needs would be chosen here. */

import { StudyStopped } from '../errors.js';
import { createRng } from '../math/random.js';
import { COORDINATOR, type Stage, type Study } from '../study/study.js';
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
 * coordinator beside them where it takes part.
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
  const { target, minimum, quorum } = stage.cohort;
  await fleet.gather(minimum, signal);
  const available = fleet.available();
  if (available.includes(COORDINATOR)) {
    throw new StudyStopped(`Expected clients of other names than "${COORDINATOR}", found one with it`);
  }
  const cohort = sampleCohort(available, target, createRng(study.seed).fork('cohort', stage.name, round));
  return { cohort, uncounted: stage.coordinatorTakesPart ? [COORDINATOR] : [], quorum };
}
