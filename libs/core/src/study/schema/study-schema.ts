/** The schema of a study: every key, its type and its default. */

import { z } from 'zod';
import { derivedChannelNames } from '../../inputs/derived-channels.js';
import type { ModelPlan } from '../../model/network-spec.js';
import { composedName, foldedName } from '../../names.js';
import { presetNames, presets } from '../plans/presets.js';
import type { PeoplePlan, PrivacyPlan, SensorPlan, Stage, Study } from '../study.js';
import { choosePlan } from './choose-schema.js';
import { studyDefaults, count, freeName, nameInData, normalisation, positive } from './schema-values.js';
import { stageSchema } from './stage-schema.js';

/** Labels of recordings are bytes, and one byte value marks samples without a label. */
const MAX_ACTIVITIES = 255;
const LONGEST_WINDOW = 100_000;

const sensors: z.ZodType<SensorPlan> = z.strictObject({
  channels: z.array(freeName).min(1).describe('Channels of a recording, in the order of the inputs of the model'),
  rateHz: positive.describe('Recordings of other rates are resampled to it'),
  window: count.max(LONGEST_WINDOW).describe('Time steps of a window'),
  step: count.describe('Time steps between the starts of two windows'),
  derived: z
    .array(z.enum(derivedChannelNames))
    .min(1)
    .exactOptional()
    .describe('Further inputs, computed from the axes of each window and appended after the channels'),
  normalisation: normalisation
    .default('z')
    .describe(
      "axes: the axes in g divided by one constant; z: by the labelled people's mean and deviation; site: by each participant's own",
    ),
  otherActivities: z
    .enum(['refuse', 'unlabelled'])
    .default('refuse')
    .describe('What to do with samples of an activity that the study does not list'),
});

const { model: modelDefaults } = studyDefaults;

const model: z.ZodType<ModelPlan> = z.strictObject({
  convolutions: z
    .array(z.strictObject({ filters: count, kernel: count.describe('Time steps that a filter spans') }))
    .min(1)
    .default([...modelDefaults.convolutions]),
  dropoutRate: z.number().min(0).lt(1).default(modelDefaults.dropoutRate),
  l2: z.number().min(0).default(modelDefaults.l2).describe('Weight of the squared convolution kernels in the loss'),
  headUnits: z
    .strictObject({
      activity: count.default(modelDefaults.headUnits.activity),
      transformation: count.default(modelDefaults.headUnits.transformation),
    })
    .prefault({})
    .describe('Hidden units of the heads'),
});

const personList = z.array(nameInData);

const sites = z
  .record(freeName, personList.min(1))
  .refine((people) => Object.keys(people).length > 0, 'at least one site')
  .refine(
    (people) => new Set(Object.keys(people).map(foldedName)).size === Object.keys(people).length,
    'sites whose names differ in more than upper and lower case, or the form of their characters (NFC)',
  )
  .transform((people) =>
    Object.fromEntries(Object.entries(people).map(([name, members]) => [composedName(name), members])),
  );

const people: z.ZodType<PeoplePlan> = z.strictObject({
  test: personList.describe('Held out; the coordinator has their labels'),
  labelled: personList.describe('The coordinator trains on their labels'),
  labelledWindows: z
    .strictObject({ perClass: count.describe('Maximum number of windows of each activity, drawn by the seed') })
    .exactOptional()
    .describe("How many of the labelled people's windows the coordinator has; all where it is left out"),
  clients: z
    .union([z.enum(['rest', 'everyone']), personList.min(1), sites])
    .default('rest')
    .describe(
      'rest: everyone else, one client each; everyone: the labelled people too; a list of people; or sites with the people of each',
    ),
});

const privacy: z.ZodType<PrivacyPlan> = z
  .strictObject({
    unit: z.enum(['person', 'client']).describe('Whose data is protected; person: a client holds those of one person'),
    epsilon: positive.describe('Upper bound of epsilon over all rounds on clients together'),
    delta: z.number().gt(0).lt(1).describe('Well below 1 / clients'),
    clients: count.describe('Clients among whom rounds sample; sums are divided by sampling times it, whoever answers'),
  })
  .describe('Differential privacy: how much all rounds on clients together may reveal about one person or client');

const stages = z
  .union([z.enum(presetNames), z.array(stageSchema).min(1)])
  .transform((list): readonly Stage[] => (typeof list === 'string' ? presets[list] : list));

export const studySchema: z.ZodType<Study> = z.strictObject({
  name: freeName,
  seed: z.int().min(0).default(studyDefaults.seed).describe('Every draw of the study derives from it'),
  activities: z.array(nameInData).min(2).max(MAX_ACTIVITIES).describe('Classes, in the order of the outputs'),
  sensors,
  model: model.prefault({}),
  people,
  stages: stages.describe('The name of a preset, or a list of stages'),
  evaluation: z
    .strictObject({
      everyRounds: count
        .default(studyDefaults.evaluation.everyRounds)
        .describe('Rounds between two evaluations of the global model; the last round is always evaluated'),
    })
    .prefault({}),
  choose: choosePlan.exactOptional(),
  privacy: privacy.exactOptional(),
});

/**
 * JSON Schema (draft 7, which editors support best) of a study as it is written: keys with a default may be left out.
 */
export function studyJsonSchema(): Readonly<Record<string, unknown>> {
  return { title: 'Gaitway study', ...z.toJSONSchema(studySchema, { io: 'input', target: 'draft-7' }) };
}
