/** The schema of how the windows of a stage are labelled, and how these labels are used. */

import { z } from 'zod';
import { selectionRules, type SelectionPlan } from '../../train/selection/selection-rules.js';
import type { LabelPlan } from '../../train/plan.js';
import { type TemporalSmoothing, USUAL_STAY } from '../../train/labelling/temporal-smoothing.js';
import { studyDefaults, plainName, positive } from './schema-values.js';
import { NEWEST, type TeacherPlan } from '../study.js';

const DECAY = 0.9;
const HALF_OVERLAP = 0.5;

const average = z.strictObject({
  average: z.literal(NEWEST),
  decay: z.number().gt(0).lt(1).default(DECAY).describe('Share of the average that stays after a round'),
});

const teacher: z.ZodType<TeacherPlan> = z
  .union([plainName, average])
  .describe('Earlier stage whose model labels the windows; newest; or the average of the newest ones');

const { confident, ...otherRules } = selectionRules;

const selectionKinds = Object.keys(selectionRules) as readonly SelectionPlan['kind'][];

const selection: z.ZodType<SelectionPlan> = z
  .union([
    z.enum(selectionKinds),
    z.discriminatedUnion('kind', [confident.settings, ...Object.values(otherRules).map(({ settings }) => settings)]),
  ])
  .transform((written) =>
    typeof written === 'string' ? selectionRules[written].settings.parse({ kind: written }) : written,
  )
  .describe("Which of the teacher's labels are learned from");

const alignment = z
  .enum(['none', 'class-prior'])
  .default('none')
  .describe("class-prior: probabilities are first brought to the shares of activities in the coordinator's labels");

const smoothing: z.ZodType<TemporalSmoothing> = z
  .strictObject({
    stay: z
      .number()
      .gt(0)
      .lt(1)
      .default(USUAL_STAY)
      .describe('Probability that the next window shows the same activity'),
    weight: z.number().gt(0).max(1).default(HALF_OVERLAP).describe("Exponent of a window's own probabilities"),
  })
  .describe('Probabilities are then those given all windows of the recording');

const beforehand = { alignment, smoothing: smoothing.exactOptional() };

const labels: z.ZodType<LabelPlan> = z.discriminatedUnion('form', [
  z.strictObject({
    form: z.literal('soft').optional().default('soft'),
    temperature: positive.default(1).describe('Below 1 sharpens the probabilities, above 1 softens them'),
    ...beforehand,
  }),
  z.strictObject({ form: z.literal('hard'), ...beforehand }),
]);

interface LabellingKeys {
  readonly teacher: z.ZodExactOptional<typeof teacher>;
  readonly labeller: z.ZodExactOptional<z.ZodString>;
  readonly selection: z.ZodExactOptional<typeof selection>;
  readonly labels: z.ZodExactOptional<typeof labels>;
  readonly examples: z.ZodExactOptional<z.ZodEnum<{ accepted: 'accepted'; all: 'all' }>>;
}

/** Keys of stages whose objective learns from a teacher. */
export const labelling: LabellingKeys = {
  teacher: teacher.exactOptional(),
  labeller: plainName
    .exactOptional()
    .describe(`What gives windows their probabilities; ${studyDefaults.labeller} by default`),
  selection: selection.exactOptional(),
  labels: labels.exactOptional().describe('What becomes of the probabilities as labels'),
  examples: z
    .enum(['accepted', 'all'])
    .exactOptional()
    .describe('Whether windows whose labels were not accepted are still told from their transformed versions'),
};
