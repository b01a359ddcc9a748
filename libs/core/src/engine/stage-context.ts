/**
 * Everything a study runs with beside its plan, and what of it stays the same in all rounds of a stage. The teacher of
 * a stage says which parameters label the clients' windows in each round: those of an earlier stage, or of the stage
 * itself.
 */

import { StudyStopped } from '../errors.js';
import { createStrategy } from '../federated/strategies/strategy-plan.js';
import { onRanges, type Strategy } from '../federated/strategy.js';
import { isMasked, maskedVectors } from '../study/plans/masked-vectors.js';
import { sharedRanges, stageSteps, updateSize } from '../study/plans/stage-plans.js';
import { isMovingAverage } from '../study/plans/stage-traits.js';
import { NEWEST, type Stage, type Study } from '../study/study.js';
import type { Participant } from '../train/task.js';
import { fleetWithCoordinator } from './fleet/in-memory-fleet.js';
import type { Fleet } from './fleet/fleet.js';
import type { PrivacyLedger } from './privacy-ledger.js';
import type { RecordedCohorts } from './replay/recorded-cohorts.js';
import type { Checkpoint } from './round-report.js';
import type { MaskedRounds, SecureSum } from './masked/secure-sum.js';
import { type StoredModels, resultOf, type StudyResult } from './starting-point.js';
import type { TaskDurations, Timer } from './timer.js';

/** Everything a study runs with beside its plan. */
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
  /** Counts what private rounds release; a study with a privacy budget needs it. */
  readonly privacy?: PrivacyLedger | undefined;
  /**
   * Adds up masked updates. Without it, as in a simulation, where nobody is to be hidden from anybody, the updates of stages
   * with secure aggregation are added as they are, which gives the same bits.
   */
  readonly secureSum?: SecureSum | undefined;
  /** Whether clients add noise where the study says so; otherwise, as in a simulation, it is added for them. */
  readonly clientsAddNoise?: boolean;
  readonly signal: AbortSignal;
}

/** The parameters sent along with a round's tasks, for clients to label by. Arrays are never changed in place. */
export interface RoundTeacher {
  /** The parameters for the first round, which starts from `start`; undefined where none are sent. */
  init(start: Float32Array): Float32Array | undefined;
  /** The parameters for the next round, after a round that counts left the global parameters `newest`. */
  next(sent: Float32Array | undefined, newest: Float32Array): Float32Array | undefined;
}

/** Nothing is sent: nobody labels, or clients label by the global parameters, which every task contains. */
const nothingSent: RoundTeacher = { init: () => undefined, next: () => undefined };

function earlierStage(name: string, results: StudyResult): RoundTeacher {
  return { init: () => resultOf(name, results), next: (sent) => sent };
}

/**
 * The exponential moving average of the global parameters, θ̄ ← decay · θ̄ + (1 - decay) · θ (mean teacher, Tarvainen &
 * Valpola 2017, arXiv 1703.01780, section 2). It depends on nothing but the parameters of the rounds.
 */
function movingAverage(decay: number): RoundTeacher {
  return {
    init: (start) => start,
    next: (sent, newest) => sent && newest.map((value, index) => decay * (sent[index] ?? NaN) + (1 - decay) * value),
  };
}

/** The teacher that a stage asks for. @param results - The parameters of the stages before it */
function createRoundTeacher({ teacher }: Stage, results: StudyResult): RoundTeacher {
  if (teacher === undefined || teacher === NEWEST) {
    return nothingSent;
  }
  return isMovingAverage(teacher) ? movingAverage(teacher.decay) : earlierStage(teacher, results);
}

/** What stays the same in all rounds of a stage. */
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
  readonly clientsAddNoise: boolean;
  /** Present where updates are masked. */
  readonly masked: MaskedRounds | undefined;
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
  const { fleet, coordinator, classPrior, timer, durations, secureSum, clientsAddNoise = false, signal } = context;
  return {
    study,
    stage,
    ...stageStrategy(study, stage),
    teacher: createRoundTeacher(stage, results),
    classPrior: alignmentPrior(study, stage, classPrior),
    fleet: fleetWithCoordinator(fleet, coordinator),
    timer,
    clientsAddNoise,
    masked: secureSum && isMasked(stage) ? { stage, ...maskedVectors(study, stage), secureSum } : undefined,
    durations,
    signal,
  };
}

/** The coordinator's own stages average one update, which gives that update. */
function stageStrategy(study: Study, stage: Stage): Pick<StageContext, 'strategy' | 'updateSize'> {
  const plan = stage.where === 'clients' ? stage.strategy : 'fed-avg';
  const strategy = createStrategy(plan, stageSteps(study, stage));
  const ranges = sharedRanges(study, stage);
  return { strategy: ranges ? onRanges(strategy, ranges) : strategy, updateSize: updateSize(study, stage) };
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
