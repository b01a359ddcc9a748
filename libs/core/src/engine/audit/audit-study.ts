/**
 * An audit of the stages on clients: they are trained again among canaries, clients that an audit makes up, of which a
 * fair coin says who takes part. Whoever sees all models of the rounds then guesses for each canary whether it did. How
 * often the guesses are right bounds the epsilon of the training from below (Steinke, Nasr and Jagielski 2023, Privacy
 * auditing with one training run, arXiv 2305.08846; canaries among clients: Andrew et al. 2024, One-shot empirical
 * privacy estimation for federated learning, arXiv 2302.03098).
 */

import { InvalidInput, StudyStopped } from '../../errors.js';
import { createStrategy } from '../../federated/strategies/strategy-plan.js';
import { totalSize } from '../../math/ranges.js';
import type { Rng } from '../../math/random.js';
import type { CanaryScores } from '../../privacy/audit.js';
import { layoutOf } from '../../model/parameters/layout.js';
import { addsNoiseAtClients } from '../../study/plans/client-noise.js';
import { clientStages, cohortSize } from '../../study/plans/stage-traits.js';
import { releasedRanges, releasedSize, sharedRanges, stageNetwork } from '../../study/plans/stage-plans.js';
import type { ClientStage, Study } from '../../study/study.js';
import type { Fleet } from '../fleet/fleet.js';
import type { RoundReport } from '../round-report.js';
import { sampleCohort } from '../run-round.js';
import { runStage } from '../run-stage.js';
import type { StudyContext } from '../stage-context.js';
import { startingPoint, type StudyResult } from '../starting-point.js';
import { fleetWithCanaries, isCanary } from './canary-clients.js';
import { drawDirections } from './canary-directions.js';

/** What an audit takes beside the study: what a run of it takes, and what the run came to. */
export interface AuditContext extends Omit<StudyContext, 'resume' | 'cohorts'> {
  /** The parameters of the finished stages, from which later ones start. */
  readonly results: StudyResult;
  /** At most as many as the stages have parameters. */
  readonly canaries: number;
  /** Decides who takes part and in which directions canaries pull; the attack does not know it. */
  readonly rng: Rng;
}

/**
 * Why canaries cannot audit a study; undefined where they can. A strategy that looks at single updates would have to be
 * outvoted by canaries, and says nothing about the study's own people then. Where clients add the noise, that of so many
 * canaries would hide each of them far better than the study's few clients hide each other.
 */
export function canaryObstacle(study: Study): string | undefined {
  const stages = clientStages(study);
  if (stages.length === 0) {
    return 'no stage runs on clients';
  }
  const noisy = stages.find(addsNoiseAtClients);
  if (noisy) {
    return `the clients of stage "${noisy.name}" add the noise, and so many canaries would add far more than the study's own`;
  }
  const selective = stages.find(({ strategy }) => !createStrategy(strategy).aggregator.linear);
  return (
    selective &&
    `stage "${selective.name}" looks at single updates (${createStrategy(selective.strategy).name}), among which canaries would outvote the people`
  );
}

/**
 * Trains the stages on clients once more with canaries, yields a report after each round, and returns what the attack
 * says of each canary. Each stage starts from what the run came to. Rounds are drawn, clipped and made noisy as the study
 * says. A stage without a privacy plan asks all canaries that take part in each round, because who is asked is no secret
 * there, and as many honest clients as its rounds ask.
 *
 * @throws InvalidInput where `canaryObstacle` knows an obstacle; what `runStudy` throws
 */
export async function* auditStudy(study: Study, context: AuditContext): AsyncGenerator<RoundReport, CanaryScores> {
  const obstacle = canaryObstacle(study);
  if (obstacle !== undefined) {
    throw new InvalidInput(`study "${study.name}"`, [{ path: 'stages', message: `expected stages that canaries can audit, found that ${obstacle}` }]); // prettier-ignore
  }
  const { rng } = context;
  const canaries = Math.min(context.canaries, ...clientStages(study).map((stage) => pulledSize(study, stage)));
  const coins = rng.fork('coins');
  const isIn = Uint8Array.from({ length: canaries }, () => coins.integer(2));
  const scores = new Float64Array(canaries);
  for (const stage of clientStages(study)) {
    yield* auditStage(study, stage, context, { scores, isIn });
  }
  return { scores, isIn };
}

/** How many numbers canaries can pull. */
function pulledSize(study: Study, stage: ClientStage): number {
  const shared = sharedRanges(study, stage);
  return shared ? totalSize(shared) : releasedSize(study, stage);
}

/** Adds what the rounds of a stage say of each canary to its score. */
async function* auditStage(
  study: Study,
  stage: ClientStage,
  { results, rng, ...context }: AuditContext,
  { scores, isIn }: CanaryScores,
): AsyncGenerator<RoundReport, void> {
  const { size } = layoutOf(stageNetwork(study, stage));
  const shared = sharedRanges(study, stage);
  const within = shared ?? releasedRanges(study, stage);
  const stream = rng.fork('stage', stage.name);
  const directions = drawDirections({ canaries: isIn.length, size, within, rng: stream });
  const asked = stage.privacy ? stage : { ...withoutBuffer(stage), cohort: everybody(stage) };
  const honest = stage.privacy ? context.fleet : withCohort(context.fleet, stage, stream.fork('honest'));
  const fleet = fleetWithCanaries({ honest, stage, directions, isIn, shared, rng: stream });
  const plainly = { ...study, evaluation: { everyRounds: stage.rounds } };
  const evidenceOf = evidence(study, stage);
  let before = startingPoint(study, stage, { results, models: context.models ?? new Map() });
  for await (const report of runStage(plainly, asked, results, { ...context, fleet })) {
    requireCanariesHeard(report);
    const after = report.checkpoint.carried.server.parameters;
    const change = changeOf(before, after);
    const along = Float64Array.from(isIn, (_, canary) => directions.project(canary, change));
    evidenceOf(along).forEach((value, canary) => {
      scores[canary] = (scores[canary] ?? 0) + value;
    });
    before = after;
    yield report;
  }
}

/** A canary that is not heard, or whose round does not count, would pass for one that cannot be told. */
function requireCanariesHeard(report: RoundReport): void {
  const { stage, round, clients } = report;
  const unheard = clients.find(({ client, outcome }) => isCanary(client) && outcome !== 'answered');
  const why = unheard && ('reason' in unheard ? unheard.reason : unheard.outcome);
  const found = why ?? (report.phase === 'aborted' ? `a round that was aborted: ${report.reason}` : undefined);
  if (found !== undefined) {
    throw new StudyStopped(
      `Stage "${stage}", round ${round}: expected the update of each canary that is asked in a round that counts, found ${found}`,
    );
  }
}

function everybody({ cohort: { minimum, quorum } }: ClientStage): ClientStage['cohort'] {
  return { target: 'all', minimum, quorum };
}

/** The fleet with as many clients as a round of the stage asks, which are all asked in each round of the audit. */
function withCohort(fleet: Fleet, { cohort }: ClientStage, rng: Rng): Fleet {
  const available = fleet.available();
  const drawn = sampleCohort(available, cohortSize(cohort.target, available.length), rng);
  return { ...fleet, available: () => drawn };
}

function withoutBuffer(stage: ClientStage): ClientStage {
  const { buffer, ...others } = stage;
  return buffer ? others : stage;
}

/**
 * Differences of parameters, shape [parameter], in Float64: a change may be far smaller than the numbers themselves.
 */
function changeOf(before: Float32Array, after: Float32Array): Float64Array {
  return Float64Array.from(after, (value, index) => value - (before[index] ?? 0));
}

/**
 * What a round says of each canary, shape [canary], from how far it moved the parameters in each one's direction. In a
 * private stage whose rounds release the mean itself it is the logarithm of how much likelier that is with the canary than
 * without, by the study's own plan. Otherwise it is the distance in standard deviations over all canaries, because how far
 * one canary moves the parameters is not known.
 */
function evidence({ privacy: budget }: Study, stage: ClientStage): (along: Float64Array) => Float64Array {
  const { privacy, strategy, after } = stage;
  if (!privacy || !budget || after || createStrategy(strategy).name !== 'fed-avg') {
    return standardised;
  }
  const { clip, noiseMultiplier, sampling } = privacy;
  const sumOverClip = (sampling * budget.clients) / clip;
  return (along) => along.map((mean) => logRatio(mean * sumOverClip, noiseMultiplier, sampling));
}

/**
 * log(1 - q + q exp((2 x - 1) / (2 z²))): the mixture of N(0, z²) and N(1, z²) against N(0, z²), in a form that does not
 * overflow.
 */
function logRatio(x: number, noiseMultiplier: number, sampling: number): number {
  const exponent = (2 * x - 1) / (2 * noiseMultiplier ** 2);
  if (sampling === 1) {
    return exponent;
  }
  return exponent > 0
    ? exponent + Math.log(sampling + (1 - sampling) * Math.exp(-exponent))
    : Math.log(1 - sampling + sampling * Math.exp(exponent));
}

function standardised(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return variance > 0 ? values.map((value) => (value - mean) / Math.sqrt(variance)) : new Float64Array(values.length);
}
