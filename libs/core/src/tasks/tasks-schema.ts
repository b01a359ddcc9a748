/** The schema of a task file: every key, its type and its default. */

import { z } from 'zod';
import type { TargetForm } from '../model/head-kinds/head-kind-traits.js';
import { headKinds } from '../model/head-kinds/head-kinds.js';
import type { ByHead, SharedHiddenSpec } from '../model/network-spec.js';
import { studyDefaults, count, freeName, plainName, positive } from '../study/schema/schema-values.js';
import { lossWeight, lossWeightPlan, type LossWeightPlan } from '../train/loss-weights/loss-weight-plan.js';
import type { OptimizerSpec } from '../train/plan.js';
import type { TaskKind, TaskNetwork } from './task-plan.js';

/** The source of a task's labels, as it is written. */
export interface WrittenLabels {
  readonly file: string;
  readonly column?: string;
}

interface WrittenHead {
  readonly hiddenUnits?: number;
  readonly lossWeight?: number;
}

export type WrittenTask = WrittenHead &
  (
    | {
        readonly kind: TaskKind<'classes'>;
        readonly classes: readonly string[];
        readonly labels: 'activity' | WrittenLabels;
      }
    | {
        readonly kind: TaskKind<'yes-or-no' | 'numbers'>;
        readonly outputs: readonly string[];
        readonly labels: WrittenLabels;
      }
  );

/** A task file with its defaults, before the checks between its keys. */
export interface WrittenTasks {
  readonly name: string;
  readonly seed: number;
  readonly epochs?: number;
  readonly steps?: number;
  readonly batch: number;
  readonly optimizer: OptimizerSpec;
  readonly network: TaskNetwork;
  readonly weights: LossWeightPlan;
  readonly tasks: ByHead<WrittenTask>;
}

const { model: modelDefaults } = studyDefaults;

/** The name of a task must not be that of a convolution, because both name parts of the network. */
const taskName = plainName.regex(/^(?!conv\d+$)/, 'not that of a convolution');

const head = {
  hiddenUnits: z.int().min(0).exactOptional(),
  lossWeight: lossWeight.exactOptional(),
};

const fileLabels = z.strictObject({ file: z.string().min(1), column: z.string().min(1).exactOptional() });

const task: z.ZodType<WrittenTask> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(kindsWith('classes')),
    classes: z.array(freeName).min(2),
    labels: z.union([z.literal('activity'), fileLabels]),
    ...head,
  }),
  z.strictObject({
    kind: z.enum(kindsWith('yes-or-no', 'numbers')),
    outputs: z.array(freeName).min(1),
    labels: fileLabels,
    ...head,
  }),
]);

function kindsWith<Targets extends TargetForm>(...targets: readonly Targets[]): readonly TaskKind<Targets>[] {
  return Object.values(headKinds)
    .filter((traits) => traits.inTaskFiles && (targets as readonly TargetForm[]).includes(traits.targets))
    .map(({ kind }) => kind as TaskKind<Targets>);
}

const sharedHidden: z.ZodType<SharedHiddenSpec> = z.strictObject({
  units: count,
  descriptor: z.enum(['concatenated', 'added', 'gated']),
});

const network = z.strictObject({
  convolutions: z
    .array(z.strictObject({ filters: count, kernel: count }))
    .min(1)
    .default([...modelDefaults.convolutions]),
  dropoutRate: z.number().min(0).lt(1).default(modelDefaults.dropoutRate),
  l2: z.number().min(0).default(modelDefaults.l2),
  sharedConvolutions: z.int().min(0).exactOptional(),
  softSharing: z.number().min(0).exactOptional(),
  sharedHidden: sharedHidden.exactOptional(),
});

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
  weights: lossWeightPlan.default('equal'),
  tasks: z.record(taskName, task).refine((tasks) => Object.keys(tasks).length > 0, 'at least one task'),
});
