/** Lists of stages that a study can name instead of writing them out. */

import { studyDefaults } from './defaults.js';
import { SCRATCH, type ClientStage, type CoordinatorStage, type Stage } from './study.js';

/** How long the presets' stages train. Labelled windows are few, so steps are counted there, not passes over them. */
const lengths = {
  teacher: { steps: 500 },
  fineTune: { steps: 300 },
  /** Of each round, on each client. */
  local: { epochs: 1 },
  rounds: 30,
} as const;

const { batch, optimizer, selection, transformations, cohort } = studyDefaults;

const supervised: CoordinatorStage = {
  name: 'supervised',
  where: 'coordinator',
  objective: 'supervised',
  from: SCRATCH,
  ...lengths.teacher,
  batch,
  optimizer,
  trainable: 'all',
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
  strategy: 'fed-avg',
  cohort,
} as const;

const selfHarStudent: ClientStage = {
  ...onClients,
  objective: 'self-har',
  teacher: 'teacher',
  selection,
  transformations,
  coordinatorTakesPart: true,
};

const selfTrainingStudent: ClientStage = {
  ...onClients,
  objective: 'self-training',
  teacher: 'teacher',
  selection,
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
  'supervised',
  'self-training',
  'transformation-discrimination',
  'federated-supervised',
] as const;

export type PresetName = (typeof presetNames)[number];

/** The stages of each preset: the method, and the baselines it is compared with (Tang et al. 2021, section 5). */
export const presets: Readonly<Record<PresetName, readonly Stage[]>> = {
  selfhar: [teacher, selfHarStudent, fineTune],
  supervised: [supervised],
  'self-training': [teacher, selfTrainingStudent, fineTune],
  'transformation-discrimination': [discriminatingStudent, fineTune],
  'federated-supervised': [federatedSupervised],
};
