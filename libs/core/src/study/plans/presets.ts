/** Lists of stages that a study can refer to by name. */

import type { AugmentPlan } from '../../augment/augmentation.js';
import { studyDefaults } from '../schema/schema-values.js';
import { NEWEST, SCRATCH, type ClientStage, type CoordinatorStage, type Stage, type TrainingPlan } from '../study.js';

/**
 * How long the stages of the presets train. Labelled windows are few, so the length is given in steps there, not in
 * epochs.
 */
const lengths = {
  teacher: { steps: 500 },
  fineTune: { steps: 300 },
  /** For each round, on each client. */
  local: { epochs: 1 },
  /**
   * For the coordinator after each round: few steps at a low rate, or the new model forgets what the clients taught it.
   */
  after: { steps: 10, learningRate: 1e-4 },
  rounds: 30,
  /** For clients that start from scratch and have no labels. */
  pretrainingRate: 1e-3,
} as const;

/** Label-preserving augmentation, for a few labelled people who show few of the ways to move and to carry a phone. */
const augment: AugmentPlan = { stretch: 0.1, mirror: true, turn: 20, dynamics: 0.15, noise: 0.03 };

/**
 * How the rounds of `few-people` differ: fewer, with a few clients each. The moving average of their models labels, and
 * the labels are aligned with the class prior and smoothed over each recording.
 */
const fewPeople = { rounds: 10, target: 4, decay: 0.8, smoothing: { stay: 0.95, weight: 0.2 } } as const;

/**
 * The parts that learn on top of a pretrained core: the rest already represents motion, and labelled windows are few.
 */
const top = ['conv3', 'activity'];

const { batch, optimizer, labeller, selection, labels, examples, transformations, cohort } = studyDefaults;

const supervised: CoordinatorStage = {
  name: 'supervised',
  where: 'coordinator',
  objective: 'supervised',
  from: SCRATCH,
  ...lengths.teacher,
  batch,
  optimizer,
  trainable: 'all',
  cacheFeatures: false,
};

const teacher: CoordinatorStage = { ...supervised, name: 'teacher' };

const onClients = {
  name: 'student',
  where: 'clients',
  from: SCRATCH,
  ...lengths.local,
  rounds: lengths.rounds,
  batch,
  optimizer,
  trainable: 'all',
  cacheFeatures: false,
  strategy: 'fed-avg',
  cohort,
} as const;

/** Keys of a student that learns from a teacher. */
const taught = { teacher: 'teacher', labeller, selection, labels } as const;

const selfHarStudent: ClientStage = {
  ...onClients,
  ...taught,
  objective: 'self-har',
  examples,
  transformations,
  coordinatorTakesPart: true,
};

const after: TrainingPlan = {
  steps: lengths.after.steps,
  batch,
  optimizer: { ...optimizer, learningRate: lengths.after.learningRate },
  trainable: 'all',
  cacheFeatures: false,
};

const alternatingStudent: ClientStage = {
  ...selfHarStudent,
  from: 'teacher',
  teacher: NEWEST,
  examples: 'all',
  after,
};

const fewPeopleStudent: ClientStage = {
  ...alternatingStudent,
  augment,
  teacher: { average: NEWEST, decay: fewPeople.decay },
  labels: { ...labels, alignment: 'class-prior', smoothing: fewPeople.smoothing },
  rounds: fewPeople.rounds,
  cohort: { ...cohort, target: fewPeople.target },
  coordinatorTakesPart: false,
  after: { ...after, augment },
};

const pretraining: ClientStage = {
  ...onClients,
  name: 'pretrain',
  objective: 'transformation-discrimination',
  transformations,
  optimizer: { ...optimizer, learningRate: lengths.pretrainingRate },
  coordinatorTakesPart: true,
};

const pretrainedTeacher: CoordinatorStage = {
  ...teacher,
  from: pretraining.name,
  ...lengths.fineTune,
  trainable: top,
};

const selfTrainingStudent: ClientStage = {
  ...onClients,
  ...taught,
  objective: 'self-training',
  coordinatorTakesPart: true,
};

const discriminatingStudent: ClientStage = {
  ...onClients,
  objective: 'transformation-discrimination',
  transformations,
  coordinatorTakesPart: true,
};

const fineTune: CoordinatorStage = {
  ...supervised,
  name: 'fine-tune',
  from: 'student',
  ...lengths.fineTune,
  trainable: top,
};

const federatedSupervised: ClientStage = {
  ...onClients,
  name: 'supervised',
  objective: 'supervised',
  coordinatorTakesPart: false,
};

/** Names of the presets that a study file can take its stages from. */
export const presetNames = [
  'few-people',
  'selfhar',
  'selfhar-alternating',
  'selfhar-pretrained',
  'supervised',
  'self-training',
  'transformation-discrimination',
  'federated-supervised',
] as const;

export type PresetName = (typeof presetNames)[number];

/**
 * The stages of each preset: the method, and the baselines that it is compared with (Tang et al. 2021, section 5). The
 * alternating form follows SemiFL (Diao et al. 2022, arXiv 2106.01432, algorithm 1); the pretrained one does so on a
 * core that clients first trained without labels. `few-people` is the alternating form with label-preserving
 * augmentation; its studies say `sensors.derived: [magnitude, vertical, horizontal]` and `sensors.normalisation: axes`.
 */
export const presets: Readonly<Record<PresetName, readonly Stage[]>> = {
  'few-people': [{ ...teacher, augment }, fewPeopleStudent],
  selfhar: [teacher, selfHarStudent, fineTune],
  'selfhar-alternating': [teacher, alternatingStudent, fineTune],
  'selfhar-pretrained': [pretraining, pretrainedTeacher, alternatingStudent],
  supervised: [supervised],
  'self-training': [teacher, selfTrainingStudent, fineTune],
  'transformation-discrimination': [discriminatingStudent, fineTune],
  'federated-supervised': [federatedSupervised],
};
