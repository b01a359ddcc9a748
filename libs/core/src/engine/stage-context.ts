/** What stays the same in all rounds of a stage. */

import { StudyStopped } from '../errors.js';
import { onRanges } from '../federated/shared-parameters.js';
import { createStrategy } from '../federated/strategies/strategy-plan.js';
import type { Strategy } from '../federated/strategy.js';
import { totalSize } from '../math/ranges.js';
import { layoutOf } from '../model/parameters/layout.js';
import { sharedRanges, stageNetwork, stageSteps } from '../study/plans/stage-plans.js';
import type { Stage, Study } from '../study/study.js';
import type { Fleet } from './fleet/fleet.js';
import { fleetWithCoordinator } from './fleet/fleet-with-coordinator.js';
import { createRoundTeacher, type RoundTeacher } from './round-teacher.js';
import type { StudyResult } from './starting-point.js';
import type { StudyContext } from './study-context.js';
import type { TaskDurations } from './buffered/task-durations.js';
import type { Timer } from './timer.js';

export interface StageContext {
  readonly study: Study;
  readonly stage: Stage;
  /** Combines the updates, over the parameters that clients share. */
  readonly strategy: Strategy;
  /** How many numbers an update has. */
  readonly updateSize: number;
  readonly teacher: RoundTeacher;
  /** [class]; present where the stage aligns labels with it. */
  readonly classPrior: readonly number[] | undefined;
  /** The clients, and the coordinator under its own name. */
  readonly fleet: Fleet;
  readonly timer: Timer | undefined;
  /** The order in which a buffer takes its updates; without it, as they come. */
  readonly durations: TaskDurations | undefined;
  readonly signal: AbortSignal;
}

/**
 * Prepares a stage for its rounds.
 *
 * @param results - The parameters of the stages before it
 * @throws StudyStopped when the stage aligns labels, and the class prior is missing or lacks an activity
 */
export function openStage(study: Study, stage: Stage, results: StudyResult, context: StudyContext): StageContext {
  const { fleet, coordinator, classPrior, timer, durations, signal } = context;
  return {
    study,
    stage,
    ...stageStrategy(study, stage),
    teacher: createRoundTeacher(stage, results),
    classPrior: alignmentPrior(study, stage, classPrior),
    fleet: fleetWithCoordinator(fleet, coordinator),
    timer,
    durations,
    signal,
  };
}

/** The coordinator's own stages average one update, which gives that update. */
function stageStrategy(study: Study, stage: Stage): Pick<StageContext, 'strategy' | 'updateSize'> {
  const plan = stage.where === 'clients' ? stage.strategy : 'fed-avg';
  const strategy = createStrategy(plan, stageSteps(study, stage));
  const ranges = sharedRanges(study, stage);
  return ranges
    ? { strategy: onRanges(strategy, ranges), updateSize: totalSize(ranges) }
    : { strategy, updateSize: layoutOf(stageNetwork(study, stage)).size };
}

/**
 * The shares of the activities that a stage aligns labels with; undefined where it aligns none. Every activity needs a
 * positive share: one without could never become a label.
 */
function alignmentPrior(
  { activities }: Study,
  { name, labels }: Stage,
  classPrior: readonly number[] | undefined,
): readonly number[] | undefined {
  if (labels?.alignment !== 'class-prior') {
    return undefined;
  }
  const missing = activities.filter((_, index) => !((classPrior?.[index] ?? 0) > 0));
  if (!classPrior || missing.length > 0) {
    const without = classPrior ? `none of ${missing.join(', ')}` : 'no class prior';
    throw new StudyStopped(
      `Stage "${name}" aligns labels: expected labelled windows of every activity at the coordinator, found ${without}`,
    );
  }
  return classPrior;
}
