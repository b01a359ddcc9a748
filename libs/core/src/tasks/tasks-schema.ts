/** How a task file is written: every key, its type, and what it means where it is left out. */

import { z } from 'zod';
import type { WeightAtEpoch } from '../model/loss-weights/scheduled.js';
import type { ModelPlan } from '../model/model-plan.js';
import type { ByHead } from '../model/network-spec.js';
import { studyDefaults } from '../study/defaults.js';
import { count, freeName, plainName, positive } from '../study/schema-values.js';
import type { OptimizerSpec } from '../train/plan.js';

/** Where a task's labels stand, as it is written. */
export interface WrittenLabels {
  readonly file: string;
  readonly column?: string;
}

interface WrittenHead {
  readonly hiddenUnits: number;
  readonly lossWeight?: number;
}

export type WrittenTask = WrittenHead &
  (
    | { readonly kind: 'exclusive'; readonly classes: readonly string[]; readonly labels: 'activity' | WrittenLabels }
    | {
        readonly kind: 'multi-label' | 'regression';
        readonly outputs: readonly string[];
        readonly labels: WrittenLabels;
      }
  );

/** Weights that are written down. */
export interface WrittenWeights {
  readonly fixed?: ByHead<number>;
  readonly schedule?: ByHead<readonly WeightAtEpoch[]>;
}

/** A task file with its defaults, not checked between its keys yet. */
export interface WrittenTasks {
  readonly name: string;
  readonly seed: number;
  readonly epochs?: number;
  readonly steps?: number;
  readonly batch: number;
  readonly optimizer: OptimizerSpec;
  readonly network: Omit<ModelPlan, 'headUnits'>;
  readonly weights: 'equal' | 'uncertainty' | 'dynamic-average' | WrittenWeights;
  readonly tasks: ByHead<WrittenTask>;
}

const { model: modelDefaults } = studyDefaults;

/** Parts of a network are named like its convolutions. */
const taskName = plainName.regex(/^(?!conv\d+$)/, 'not that of a convolution');
const weight = z.number().min(0);

const head = {
  hiddenUnits: z.int().min(0).default(modelDefaults.headUnits.activity),
  lossWeight: weight.exactOptional(),
};

const fileLabels = z.strictObject({ file: z.string().min(1), column: z.string().min(1).exactOptional() });
const answersTask = { outputs: z.array(freeName).min(1), labels: fileLabels, ...head };

const task: z.ZodType<WrittenTask> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('exclusive'),
    classes: z.array(freeName).min(2),
    labels: z.union([z.literal('activity'), fileLabels]),
    ...head,
  }),
  z.strictObject({ kind: z.literal('multi-label'), ...answersTask }),
  z.strictObject({ kind: z.literal('regression'), ...answersTask }),
]);

const network = z.strictObject({
  convolutions: z
    .array(z.strictObject({ filters: count, kernel: count }))
    .min(1)
    .default([...modelDefaults.convolutions]),
  dropoutRate: z.number().min(0).lt(1).default(modelDefaults.dropoutRate),
  l2: z.number().min(0).default(modelDefaults.l2),
});

const weights = z.union([
  z.enum(['equal', 'uncertainty', 'dynamic-average']),
  z.strictObject({
    fixed: z.record(z.string(), weight).exactOptional(),
    schedule: z.record(z.string(), z.array(z.strictObject({ epoch: count, weight }))).exactOptional(),
  }),
]);

export const tasksSchema: z.ZodType<WrittenTasks> = z.strictObject({
  name: freeName,
  seed: z.int().min(0).default(studyDefaults.seed),
  epochs: count.exactOptional(),
  steps: count.exactOptional(),
  batch: count.default(studyDefaults.batch),
  optimizer: z
    .strictObject({
      kind: z.enum(['adam', 'sgd']).default(studyDefaults.optimizer.kind),
      learningRate: positive.default(studyDefaults.optimizer.learningRate),
    })
    .prefault({}),
  network: network.prefault({}),
  weights: weights.default('equal'),
  tasks: z.record(taskName, task).refine((tasks) => Object.keys(tasks).length > 0, 'at least one task'),
});
