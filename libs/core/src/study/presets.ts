/** Lists of stages that a study can name instead of writing them out. */

import { studyDefaults } from './defaults.js';
import { NEWEST, SCRATCH, type ClientStage, type CoordinatorStage, type Stage } from './study.js';

/** How long the presets' stages train. Labelled windows are few, so steps are counted there, not passes over them. */
const lengths = {
  teacher: { steps: 500 },
  fineTune: { steps: 300 },
  /** Of each round, on each client. */
  local: { epochs: 1 },
  /** Of the coordinator after each round: about as many as a client takes in it. */
  after: { steps: 40 },
  rounds: 30,
} as const;

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

/** What a student has that learns from a teacher. */
const taught = { teacher: 'teacher', labeller, selection, labels } as const;

const selfHarStudent: ClientStage = {
  ...onClients,
  ...taught,
  objective: 'self-har',
  examples,
  transformations,
  coordinatorTakesPart: true,
};

const alternatingStudent: ClientStage = {
  ...selfHarStudent,
  from: 'teacher',
  teacher: NEWEST,
  examples: 'all',
  after: { ...lengths.after, batch, optimizer, trainable: 'all', cacheFeatures: false },
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
  trainable: ['conv3', 'activity'],
};

const federatedSupervised: ClientStage = {
  ...onClients,
  name: 'supervised',
  objective: 'supervised',
  coordinatorTakesPart: false,
};

export const presetNames = [
  'selfhar',
  'selfhar-alternating',
  'supervised',
  'self-training',
  'transformation-discrimination',
  'federated-supervised',
] as const;

export type PresetName = (typeof presetNames)[number];

/**
 * The stages of each preset: the method, and the baselines it is compared with (Tang et al. 2021, section 5). The
 * alternating form follows SemiFL (Diao et al. 2022, arXiv 2106.01432, algorithm 1).
 */
export const presets: Readonly<Record<PresetName, readonly Stage[]>> = {
  selfhar: [teacher, selfHarStudent, fineTune],
  'selfhar-alternating': [teacher, alternatingStudent, fineTune],
  supervised: [supervised],
  'self-training': [teacher, selfTrainingStudent, fineTune],
  'transformation-discrimination': [discriminatingStudent, fineTune],
  'federated-supervised': [federatedSupervised],
};
