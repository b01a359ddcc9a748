/** Everything a study runs with beside its plan. */

import type { Participant } from '../train/task.js';
import type { Checkpoint } from './checkpoint.js';
import type { Fleet } from './fleet/fleet.js';
import type { RecordedCohorts } from './replay/recorded-cohorts.js';
import type { StoredModels } from './starting-point.js';
import type { TaskDurations } from './buffered/task-durations.js';
import type { Timer } from './timer.js';

export interface StudyContext {
  readonly fleet: Fleet;
  /** Holds the coordinator's own windows: it trains the coordinator's stages and evaluates every model. */
  readonly coordinator: Participant;
  /** [class]; shares of the coordinator's labelled windows (`classPriorOf`), for stages that align labels with them. */
  readonly classPrior?: readonly number[] | undefined;
  /** Models that stages start from, by the paths that the study names. */
  readonly models?: StoredModels;
  /** The checkpoint of a report: the study continues after that round. */
  readonly resume?: Checkpoint | undefined;
  /** Measures the deadlines of rounds. Without it there are none, and rounds wait for everybody whom they asked. */
  readonly timer?: Timer;
  /** The durations of simulated clients (`drawnDurations`): a buffer takes updates in their order, not as they come. */
  readonly durations?: TaskDurations;
  /** The record of another run of the study, whose rounds are replayed: only the answers that counted then count now. */
  readonly cohorts?: RecordedCohorts | undefined;
  readonly signal: AbortSignal;
}
