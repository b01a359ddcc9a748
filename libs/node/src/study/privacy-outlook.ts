/** What a private study will reveal and what its noise will do to its model, told before anybody is asked. */

import { type ClientStage, InvalidInput, type PrivacyPlan, type Study } from '@gaitway/core';
import { plannedReleases, releaseOf } from '@gaitway/core/engine';
import { epsilonOf, mostRounds, noiseToSignal, type PrivacyEvent, smallestNoise } from '@gaitway/core/privacy';
import { releasedSize } from '@gaitway/core/study';
import { releasesIn } from '../run/privacy-ledger.js';

export interface StageOutlook {
  readonly name: string;
  readonly rounds: number;
  /** Number of clients that a round asks on average. */
  readonly expected: number;
  readonly clip: number;
  readonly noiseMultiplier: number;
  /** Number of parameters that each round releases. */
  readonly parameters: number;
  /** Norm of a round's noise over the largest norm that its mean can have. */
  readonly noiseToSignal: number;
  /** Number of clients, all else equal, with which it would be 1. */
  readonly clientsForEqual: number;
  /** The same ratio, and the number of parameters, if only the heads learned. */
  readonly headsOnly: { readonly parameters: number; readonly noiseToSignal: number };
  /** Epsilon of this stage's releases alone, after some of its rounds. */
  readonly epsilonAfter: readonly { readonly rounds: number; readonly epsilon: number }[];
}

export interface PrivacyOutlook extends PrivacyPlan {
  readonly study: string;
  /** What a shared ledger has counted before. */
  readonly before: { readonly releases: number; readonly epsilon: number };
  /** With all rounds of the study, and what was before. */
  readonly total: { readonly releases: number; readonly epsilon: number };
  readonly isWithinBudget: boolean;
  /** The smallest factor for the noise of all stages that keeps the budget; absent where no noise does. */
  readonly noiseFactor?: number;
  /** The most rounds that keep the budget, in a study with one private stage. */
  readonly mostRounds?: number;
  readonly stages: readonly StageOutlook[];
}

/**
 * @param budget - Folder of a ledger that several runs on the same people share
 * @throws InvalidInput for a study without a privacy budget, and a ledger that cannot be read
 */
export async function privacyOutlook(study: Study, budget?: string): Promise<PrivacyOutlook> {
  const { privacy } = study;
  if (!privacy) {
    const message = 'expected a privacy budget (unit, epsilon, delta, clients), found none: see docs/privacy.md';
    throw new InvalidInput(`study "${study.name}"`, [{ path: 'privacy', message }]);
  }
  const before = budget === undefined ? [] : await releasesIn(budget, privacy);
  const planned = plannedReleases(study).map(({ event }) => event);
  const epsilon = (events: readonly PrivacyEvent[]): number => epsilonOf(events, privacy.delta).epsilon;
  const total = epsilon([...before, ...planned]);
  const [only, ...others] = study.stages.flatMap((stage) =>
    stage.where === 'clients' && stage.privacy ? [releaseOf(stage.privacy)] : [],
  );
  return {
    study: study.name,
    ...privacy,
    before: { releases: before.length, epsilon: before.length > 0 ? epsilon(before) : 0 },
    total: { releases: before.length + planned.length, epsilon: total },
    isWithinBudget: total <= privacy.epsilon,
    ...enoughNoise(before, planned, privacy),
    ...(only && others.length === 0 && { mostRounds: mostRounds((count) => [...before, { ...only, count }], privacy) }),
    stages: study.stages.flatMap((stage) =>
      stage.where === 'clients' && stage.privacy
        ? [stageOutlook(study, { ...stage, privacy: stage.privacy }, privacy.clients, epsilon)]
        : [],
    ),
  };
}

function stageOutlook(
  study: Study,
  stage: ClientStage & Required<Pick<ClientStage, 'privacy'>>,
  clients: number,
  epsilon: (events: readonly PrivacyEvent[]) => number,
): StageOutlook {
  const { name, rounds, privacy } = stage;
  const { clip, noiseMultiplier, sampling } = privacy;
  const release = releaseOf(privacy);
  const ratio = (parameters: number): number =>
    noiseToSignal({ parameters, noiseMultiplier, rate: sampling, population: clients });
  const parameters = releasedSize(study, stage);
  const heads = releasedSize(study, { ...stage, trainable: 'heads' });
  const milestones = [...new Set([1, Math.ceil(rounds / 4), Math.ceil(rounds / 2), rounds])];
  return {
    name,
    rounds,
    expected: sampling * clients,
    clip,
    noiseMultiplier,
    parameters,
    noiseToSignal: ratio(parameters),
    clientsForEqual: Math.ceil(ratio(parameters) * clients),
    headsOnly: { parameters: heads, noiseToSignal: ratio(heads) },
    epsilonAfter: milestones.map((count) => ({ rounds: count, epsilon: epsilon([{ ...release, count }]) })),
  };
}

function enoughNoise(
  before: readonly PrivacyEvent[],
  planned: readonly PrivacyEvent[],
  privacy: PrivacyPlan,
): Pick<PrivacyOutlook, 'noiseFactor'> {
  if (before.length > 0 && epsilonOf(before, privacy.delta).epsilon >= privacy.epsilon) {
    return {};
  }
  const withNoise = (factor: number): readonly PrivacyEvent[] =>
    planned.map((event) => ({ ...event, noiseMultiplier: event.noiseMultiplier * factor }));
  return { noiseFactor: smallestNoise((factor) => [...before, ...withNoise(factor)], privacy) };
}
