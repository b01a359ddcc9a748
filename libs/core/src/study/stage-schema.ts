/** How a stage is written in a study, and what it means where it says nothing. */

import { z } from 'zod';
import { transformationNames } from '../augment/transformation.js';
import { strategyNames } from '../federated/strategy.js';
import { studyDefaults } from './defaults.js';
import { objectiveNames, objectiveTraits } from './objective-traits.js';
import { count, plainName, positive } from './schema-values.js';
import { SCRATCH, type Stage } from './study.js';

const optimizer = z.strictObject({
  kind: z.enum(['adam', 'sgd']).default(studyDefaults.optimizer.kind),
  learningRate: positive.default(studyDefaults.optimizer.learningRate),
});

const { selection: selectionDefaults, cohort: cohortDefaults } = studyDefaults;

const selection = z.strictObject({
  minimumConfidence: z.number().min(0).max(1).default(selectionDefaults.minimumConfidence),
  pluralityOnly: z.boolean().default(selectionDefaults.pluralityOnly),
  maximumPerClass: count.default(selectionDefaults.maximumPerClass),
});

const cohort = z.strictObject({
  target: z
    .union([z.literal('all'), count])
    .default(cohortDefaults.target)
    .describe('How many of the available clients are asked in a round'),
  minimum: count.default(cohortDefaults.minimum).describe('A round begins when so many clients are there'),
  quorum: count.default(cohortDefaults.quorum).describe('A round counts when so many clients sent an update'),
});

const everyStage = {
  name: plainName,
  objective: z.enum(objectiveNames).describe('What is learned'),
  from: plainName.default(SCRATCH).describe('scratch, or the earlier stage whose parameters this one starts from'),
  teacher: plainName.exactOptional().describe('Earlier stage whose model labels the windows'),
  selection: selection.exactOptional().describe("Which of the teacher's labels are good enough"),
  transformations: z.array(z.enum(transformationNames)).min(1).exactOptional(),
  epochs: count.exactOptional().describe('Passes over the windows; either this or steps'),
  steps: count.exactOptional().describe('Batches; either this or epochs'),
  batch: count.default(studyDefaults.batch).describe('Windows of a step'),
  optimizer: optimizer.prefault({}),
  trainable: z
    .union([z.literal('all'), z.array(z.string()).min(1)])
    .default('all')
    .describe('Parts of the network that learn, such as conv3 and activity; the others are frozen'),
};

const coordinatorStage = z.strictObject({ where: z.literal('coordinator'), ...everyStage });

const clientStage = z.strictObject({
  where: z.literal('clients'),
  ...everyStage,
  rounds: count,
  strategy: z.enum(strategyNames).default('fed-avg'),
  cohort: cohort.prefault({}),
  coordinatorTakesPart: z
    .boolean()
    .default(false)
    .describe('The coordinator is one more participant, with its labelled windows'),
});

export const stageSchema: z.ZodType<Stage> = z
  .discriminatedUnion('where', [coordinatorStage, clientStage])
  .transform((stage): Stage => {
    const traits = objectiveTraits[stage.objective];
    return {
      ...(traits.teacher && { selection: selectionDefaults }),
      ...(traits.transformations && { transformations: studyDefaults.transformations }),
      ...stage,
    };
  });
