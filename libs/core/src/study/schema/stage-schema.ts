/**
 * The schema of a stage, with its defaults. A stage may have a buffer, with which rounds wait for no particular
 * clients.
 */

import { z } from 'zod';
import type { AugmentPlan } from '../../augment/augmentation.js';
import { transformationNames } from '../../augment/transformation.js';
import { compressionPlan } from '../../federated/compression/compression-plan.js';
import { LARGEST_CHANGE } from '../../federated/update.js';
import { strategyPlan } from '../../federated/strategies/strategy-plan.js';
import { trainableRule } from '../../model/parameters/trainable-rule.js';
import { lossWeightPlan, lossWeightPlanInRounds } from '../../train/loss-weights/loss-weight-plan.js';
import { objectiveNames, objectiveTraits } from '../plans/stage-traits.js';
import { type BufferPlan, type NoisePlan, SCRATCH, type SecureAggregationPlan, type Stage } from '../study.js';
import { studyDefaults, count, deadline, plainName, positive } from './schema-values.js';
import { labelling } from './labelling-schema.js';

const buffer: z.ZodType<BufferPlan> = z
  .strictObject({
    size: count.describe('A round ends with this many updates, from whoever sent them first'),
    concurrency: count.describe('Number of clients that are at work at a time'),
    deadline: deadline
      .exactOptional()
      .describe('Seconds after which a client that has not answered a task is told to stop, and has failed'),
    maxStaleness: z
      .int()
      .min(0)
      .default(10)
      .describe('A client that still trains a model more rounds old than this is told to stop'),
    stalenessExponent: z
      .number()
      .min(0)
      .default(0.5)
      .describe('An update of a model that is s rounds old counts (1 + s)^-stalenessExponent times'),
  })
  .describe('The coordinator keeps clients at work all the time, in place of a cohort in each round');

const optimizer = z.strictObject({
  kind: z.enum(['adam', 'sgd']).default(studyDefaults.optimizer.kind),
  learningRate: positive.default(studyDefaults.optimizer.learningRate),
});

const { cohort: cohortDefaults } = studyDefaults;

const share = z.strictObject({
  share: z.number().gt(0).lt(1).describe('Share of the available clients, rounded to the nearest number'),
});

const plainCohort = z.strictObject({
  target: z
    .union([z.literal('all'), count, share])
    .default(cohortDefaults.target)
    .describe('How many of the available clients each round samples'),
  minimum: count.default(cohortDefaults.minimum).describe('A round begins when this many clients are available'),
  quorum: count.default(cohortDefaults.quorum).describe('A round counts when this many clients sent an update'),
  overSelect: z
    .int()
    .min(0)
    .exactOptional()
    .describe('This many more clients are asked; the round closes when as many as the target have answered'),
  deadline: deadline
    .exactOptional()
    .describe('Seconds after which a round stops waiting for clients; it waits for all by default'),
});

/** An overSelect of 0 is equivalent to none, so it is left out. */
const cohort = plainCohort.transform(({ overSelect, ...others }) => (overSelect ? { ...others, overSelect } : others));

/** Up to it, a clipped value and the noise on a sum stay exact on the grid of sums. */
const LARGEST_CLIP = 64;
const LARGEST_MULTIPLIER = 64;

const upTo = (most: number): z.ZodNumber => z.number().gt(0).max(most);

export const augmentPlan: z.ZodType<AugmentPlan> = z
  .strictObject({
    stretch: upTo(0.5).exactOptional().describe('s: time is stretched about the middle by exp(uniform(-s, s))'),
    mirror: z.literal(true).exactOptional().describe('Each axis keeps or changes its sign with equal chances'),
    turn: upTo(180).exactOptional().describe('Degrees: one turn about a random axis by at most this angle'),
    dynamics: upTo(1).exactOptional().describe('s: deviations from the mean are multiplied by exp(s * normal)'),
    noise: upTo(1).exactOptional().describe('Standard deviation of noise on the axes, in g'),
  })
  .refine((plan) => Object.keys(plan).length > 0, 'at least one step');

/** Keys that say how long and how a model is trained. */
const training = {
  epochs: count.exactOptional().describe('Passes over the windows; either this or steps'),
  steps: count.exactOptional().describe('Batches; either this or epochs'),
  batch: count.default(studyDefaults.batch).describe('Windows of a step'),
  optimizer: optimizer.prefault({}),
  trainable: trainableRule.default('all'),
  augment: augmentPlan
    .exactOptional()
    .describe('Each example is changed anew in ways that keep its label; labelling and prediction see plain windows'),
  cacheFeatures: z
    .boolean()
    .default(false)
    .describe('The features of a frozen core are computed once, without dropout'),
};

const everyStage = {
  name: plainName,
  objective: z.enum(objectiveNames).describe('What is learned'),
  from: z
    .union([plainName, z.strictObject({ model: z.string().min(1) })])
    .default(SCRATCH)
    .describe('scratch, the earlier stage whose parameters this one starts from, or the file of a stored model'),
  ...labelling,
  transformations: z.array(z.enum(transformationNames)).min(1).exactOptional(),
  ...training,
};

const coordinatorStage = z.strictObject({
  where: z.literal('coordinator'),
  ...everyStage,
  lossWeights: lossWeightPlan.exactOptional(),
});

const privacy: z.ZodType<NoisePlan> = z
  .strictObject({
    clip: positive.max(LARGEST_CLIP).describe('Largest L2 norm of an update; longer ones are scaled down to it'),
    noiseMultiplier: positive
      .max(LARGEST_MULTIPLIER)
      .describe('Standard deviation of the noise on the sum of the updates, as a multiple of clip'),
    sampling: z.number().gt(0).max(1).describe('Probability with which each available client is asked in a round'),
    noise: z
      .enum(['distributed', 'local'])
      .exactOptional()
      .describe('Clients add the noise: a share each under a mask, or each all of it; the coordinator by default'),
  })
  .describe('Updates are clipped, and the coordinator adds noise to their sum; needs a privacy budget of the study');

const secureAggregation: z.ZodType<SecureAggregationPlan> = z
  .strictObject({
    maximumExamples: count
      .default(studyDefaults.secureAggregation.maximumExamples)
      .describe('Largest weight of an update, in examples; a client with more of them fails'),
    maximumChange: positive
      .max(LARGEST_CHANGE)
      .default(studyDefaults.secureAggregation.maximumChange)
      .describe('Largest change of one number in a round; a client whose update has a larger one fails'),
  })
  .describe('Updates are masked: the coordinator learns the sum of a round and no single update');

const clientStage = z.strictObject({
  where: z.literal('clients'),
  ...everyStage,
  lossWeights: lossWeightPlanInRounds.exactOptional(),
  rounds: count,
  strategy: strategyPlan.default('fed-avg'),
  personal: z
    .array(z.string())
    .min(1)
    .exactOptional()
    .describe('Parts of the network that each client keeps to itself; all are shared by default'),
  personalEpochs: count.exactOptional().describe('Passes in which the personal parts learn before the others do'),
  personalSteps: count.exactOptional().describe('The same in batches'),
  compress: compressionPlan.exactOptional(),
  cohort: cohort.prefault({}),
  buffer: buffer.exactOptional(),
  coordinatorTakesPart: z
    .boolean()
    .default(false)
    .describe('The coordinator is one more participant, with its labelled windows'),
  after: z
    .strictObject(training)
    .exactOptional()
    .describe('How the coordinator trains the new global model on its labels after each round; it does not by default'),
  privacy: privacy.exactOptional(),
  secureAggregation: secureAggregation.exactOptional(),
});

export const stageSchema: z.ZodType<Stage> = z
  .discriminatedUnion('where', [coordinatorStage, clientStage])
  .transform((stage): Stage => ({ ...defaultsOf(stage), ...withoutEqualWeights(stage) }));

/** The defaults of a stage depend on its objective. */
function defaultsOf({ objective, augment }: Stage): Partial<Omit<Stage, 'lossWeights'>> {
  const { teacher, transformations, discrimination } = objectiveTraits[objective];
  const { labeller, selection, labels, examples } = studyDefaults;
  return {
    ...(teacher && { labeller, selection, labels }),
    ...(teacher && discrimination && { examples }),
    // Consistency needs versions of a window, which augmentation also provides.
    ...(transformations && (discrimination || !augment) && { transformations: studyDefaults.transformations }),
  };
}

/** Equal weights are the default, so they are left out. */
function withoutEqualWeights(stage: Stage): Stage {
  const { lossWeights, ...others } = stage;
  return lossWeights === 'equal' ? others : stage;
}
