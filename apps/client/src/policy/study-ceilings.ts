/** The most that a study may ask of a client: rates and networks that it can carry, rounds, bytes, and a privacy budget. */

import type { ClientStage, Study } from '@gaitway/core';
import { formatEpsilon, plannedReleases } from '@gaitway/core/engine';
import { layoutOf, type NetworkSpec } from '@gaitway/core/model';
import { epsilonOf } from '@gaitway/core/privacy';
import { clientStages, stagePlans } from '@gaitway/core/study';
import { largestAnswerBytes, largestTaskBytes } from '@gaitway/protocol';
import { totalmem } from 'node:os';
import type { SitePolicy } from './site-policy.js';

/** One sentence for each ceiling of the policy that the study exceeds, and for rounds that exceed its own budget. */
export function brokenCeilings(study: Study, { ceilings }: SitePolicy): readonly string[] {
  const stages = clientStages(study);
  return [...brokenBudget(study), ...(stages.length > 0 ? exceeded(study, stages, ceilings) : [])];
}

function exceeded(study: Study, stages: readonly ClientStage[], ceilings: SitePolicy['ceilings']): readonly string[] {
  const { rateHz, window } = study.sensors;
  const kernel = Math.max(...study.model.convolutions.map((convolution) => convolution.kernel));
  const longest = Math.floor(ceilings.kernel * window);
  const needed = networkBytes(study, stages);
  const available = memoryBytes(ceilings);
  return [
    ...brokenTotals(study, stages, ceilings),
    ...(kernel > longest
      ? [
          `ceilings.kernel: expected filters over at most ${longest} of a window's ${window} time steps, found ${kernel}`,
        ]
      : []),
    ...(rateHz > ceilings.rateHz
      ? [`ceilings.rateHz: expected recordings at no more than ${ceilings.rateHz} Hz, found ${rateHz} Hz`]
      : []),
    ...(needed > available
      ? [
          `ceilings.memory: expected a network that trains in ${megabytes(available)}, found one that takes ${megabytes(needed)}`,
        ]
      : []),
  ];
}

/** A larger delta promises little, whatever the epsilon: what a site limits is judged at this one. */
const LARGEST_DELTA = 1e-3;

/**
 * What the study's rounds reveal by the accountant. A coordinator that lies can write down a budget that its study does not
 * keep, and conduct it all the same: where clients add the noise, they have to count for themselves.
 */
function plannedEpsilon(study: Study, delta: number): number {
  return epsilonOf(
    plannedReleases(study).map(({ event }) => event),
    delta,
  ).epsilon;
}

/** No policy allows a study whose rounds exceed its own budget. */
function brokenBudget(study: Study): readonly string[] {
  const { privacy } = study;
  const planned = privacy ? plannedEpsilon(study, privacy.delta) : 0;
  return privacy && planned > privacy.epsilon
    ? [
        `privacy: expected rounds that stay within the study's own budget of ${budgetText(study)}, found rounds that come to epsilon ${formatEpsilon(planned)}`,
      ]
    : [];
}

/** Why the privacy budget is above what a site permits. */
function brokenEpsilon(study: Study, ceiling: number): readonly string[] {
  const { epsilon, delta } = study.privacy ?? { epsilon: Infinity, delta: 0 };
  const judged = epsilon <= ceiling && delta > LARGEST_DELTA ? plannedEpsilon(study, LARGEST_DELTA) : epsilon;
  const at = judged === epsilon ? '' : `, which is epsilon ${formatEpsilon(judged)} at delta ${LARGEST_DELTA}`;
  return judged > ceiling
    ? [`ceilings.epsilon: expected a privacy budget of at most ${ceiling}, found ${budgetText(study)}${at}`]
    : [];
}

/** What a site limits only if it says so: of the whole study, not of a round. */
function brokenTotals(
  study: Study,
  stages: readonly ClientStage[],
  { rounds: mostRounds = Infinity, megabytes: mostMegabytes = Infinity, epsilon = Infinity }: SitePolicy['ceilings'],
): readonly string[] {
  const rounds = stages.reduce((sum, stage) => sum + stage.rounds, 0);
  const travels = rounds * (largestTaskBytes(study) + largestAnswerBytes(study));
  return [
    ...(rounds > mostRounds
      ? [`ceilings.rounds: expected at most ${mostRounds} rounds on clients, found ${rounds}`]
      : []),
    ...(travels > mostMegabytes * BYTES_PER_MEGABYTE
      ? [
          `ceilings.megabytes: expected at most ${mostMegabytes} MB to travel, found up to ${megabytes(travels)} in ${rounds} rounds`,
        ]
      : []),
    ...(epsilon === Infinity ? [] : brokenEpsilon(study, epsilon)),
  ];
}

function budgetText({ privacy }: Study): string {
  return privacy ? `epsilon ${privacy.epsilon} at delta ${privacy.delta}` : 'a study without one';
}

/** How many bytes the policy leaves for recordings beside the network. */
export function memoryForRecordings(study: Study, { ceilings }: SitePolicy): number {
  return Math.max(0, memoryBytes(ceilings) - networkBytes(study, clientStages(study)));
}

/** The most that recordings and network may take together. */
function memoryBytes({ memory }: SitePolicy['ceilings']): number {
  // Containers have less than the machine; 0 and absurdly much stand for no limit.
  const limit = process.constrainedMemory() || Infinity;
  return memory * Math.min(totalmem(), limit);
}

/** Sets of parameters at the same time: start, current, gradient, two moments, teacher, its cache, change, message. */
const PARAMETER_SETS = 9;
/** Each value of a layer has a gradient. */
const VALUES_OF_ACTIVATION = 2;
/** Windows that are labelled, or whose features are computed, at the same time, whatever the batch of the stage. */
const WINDOWS_AT_ONCE = 256;
const BYTES_PER_VALUE = 4;

/** About how much memory it takes to train the largest network of the stages, and to label windows with it. */
function networkBytes(study: Study, stages: readonly ClientStage[]): number {
  const plans = new Map(stagePlans(study).map(({ name, network }) => [name, network]));
  return Math.max(
    0,
    ...stages.map(({ name, batch }) => {
      const network = plans.get(name);
      return network ? trainingBytes(network, batch) : 0;
    }),
  );
}

function trainingBytes(network: NetworkSpec, batch: number): number {
  const { window, convolutions } = network;
  let positions = window.length;
  let activations = window.length * window.channels;
  for (const { filters, kernel } of convolutions) {
    positions -= kernel - 1;
    activations += positions * filters;
  }
  const parameters = layoutOf(network).size;
  return (
    BYTES_PER_VALUE *
    (PARAMETER_SETS * parameters + Math.max(VALUES_OF_ACTIVATION * batch, WINDOWS_AT_ONCE) * activations)
  );
}

const BYTES_PER_MEGABYTE = 1e6;

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / BYTES_PER_MEGABYTE)} MB`;
}
