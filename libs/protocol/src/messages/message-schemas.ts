/** Validates each kind of message: TypeScript's types say nothing about untrusted bytes. */

import { LARGEST_WINDOW_COUNT, type Delta, type PackedDelta } from '@gaitway/core/federated';
import { z } from 'zod';
import { fromMember, toMember } from './aggregation-schemas.js';
import { evaluationSchema } from './evaluation-schema.js';
import {
  bytes,
  count,
  digest,
  floats,
  halves,
  key,
  mapOf,
  name,
  signature,
  smallNumbers,
  text,
  viewedBytes,
} from './field-schemas.js';
import { LARGEST_MESSAGE_BYTES, LARGEST_PART_BYTES, LONGEST_PAUSE_SECONDS, PART_BYTES } from '../limits.js';
import type {
  Answer,
  Availability,
  Cancel,
  Challenge,
  Decline,
  Failure,
  FromClient,
  FromCoordinator,
  Goodbye,
  Held,
  Hello,
  Join,
  Joined,
  Offer,
  Part,
  Proof,
  Refusal,
  TaskMessage,
  TransferMessage,
  Welcome,
  Withdrawal,
} from './messages.js';

const taskPosition = { stage: name, round: z.int().positive() };

const helloFields = {
  kind: z.literal('hello'),
  protocol: z.int(),
  oldest: z.int(),
  gaitway: text,
  nonce: key,
  binds: z.boolean(),
};

const hello: z.ZodType<Hello> = z.strictObject(helloFields);

/** The hello of a client that also speaks a version later than this one, and may say more in it. */
export const laterHello: z.ZodType<Hello> = z.object(helloFields);

const challenge: z.ZodType<Challenge> = z.strictObject({
  kind: z.literal('challenge'),
  protocol: z.int(),
  key,
  nonce: key,
  studyDigest: digest,
  signature,
});

const proof: z.ZodType<Proof> = z.strictObject({
  kind: z.literal('proof'),
  client: name,
  key,
  code: name.exactOptional(),
  signature,
});

const welcome: z.ZodType<Welcome> = z.strictObject({
  kind: z.literal('welcome'),
  study: z.json(),
  studyDigest: digest,
  normalisation: mapOf({ mean: z.array(z.number()), standardDeviation: z.array(z.number()) }).nullable(),
});

const join: z.ZodType<Join> = z.strictObject({
  kind: z.literal('join'),
  studyDigest: digest,
  layoutDigests: z.record(name, digest),
  /** No answer says whether it is right, so it is bounded here. */
  windows: z.int().nonnegative().max(LARGEST_WINDOW_COUNT).exactOptional(),
});

const joined: z.ZodType<Joined> = z.strictObject({ kind: z.literal('joined') });

const refusal: z.ZodType<Refusal> = z.object({ kind: z.literal('refusal'), reason: text });

const sentParameters = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('whole'), digest, values: floats }),
  z.strictObject({ kind: z.literal('known'), digest }),
  z.strictObject({ kind: z.literal('patch'), digest, base: digest, gaps: bytes, values: floats }),
]);

const task: z.ZodType<TaskMessage> = z.strictObject({
  kind: z.literal('task'),
  id: count,
  task: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('train'),
      ...taskPosition,
      parameters: sentParameters,
      teacher: sentParameters.exactOptional(),
      classPrior: z.array(z.number().gt(0).max(1)).exactOptional(),
      since: count.exactOptional(),
      control: floats.exactOptional(),
      attempt: count.exactOptional(),
    }),
    z.strictObject({ kind: z.literal('evaluate'), ...taskPosition, parameters: sentParameters }),
    z.strictObject({ kind: z.literal('aggregation'), ...taskPosition, attempt: count, message: toMember }),
  ]),
});

const cancel: z.ZodType<Cancel> = z.strictObject({ kind: z.literal('cancel'), id: count });

const packed: z.ZodType<PackedDelta> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fp16'), halves }),
  z.strictObject({ kind: z.literal('bf16'), halves }),
  z.strictObject({ kind: z.literal('int8'), scales: floats, steps: smallNumbers }),
  z.strictObject({ kind: z.literal('top-k'), gaps: bytes, values: floats }),
]);

/** Bytes are the numbers themselves; a map is a compressed form. Its faults are reported, not just that no form fits. */
const delta: z.ZodType<Delta> = z.unknown().transform((value, context): Delta => {
  const parsed = (value instanceof Uint8Array ? floats : packed).safeParse(value);
  parsed.error?.issues.forEach((issue) => {
    context.addIssue({ ...issue });
  });
  return parsed.data ?? z.NEVER;
});

const summary = mapOf({
  windows: count,
  accepted: z.array(count.nullable()).exactOptional(),
  loss: z.number(),
  lost: z.literal(['missing', 'damaged']).exactOptional(),
});

const answer: z.ZodType<Answer> = z.strictObject({
  kind: z.literal('answer'),
  id: count,
  reply: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('train'),
      ...taskPosition,
      delta,
      control: floats.exactOptional(),
      examples: count,
      summary,
    }),
    z.strictObject({ kind: z.literal('abstain'), ...taskPosition, reason: text, windows: count.nullable() }),
    z.strictObject({ kind: z.literal('evaluate'), ...taskPosition, evaluation: evaluationSchema }),
    z.strictObject({ kind: z.literal('aggregation'), ...taskPosition, message: fromMember }),
    z.strictObject({ kind: z.literal('noisy'), ...taskPosition, delta: floats }),
  ]),
});

const failure: z.ZodType<Failure> = z.strictObject({ kind: z.literal('failure'), id: count, reason: text });

const availability: z.ZodType<Availability> = z.strictObject({
  kind: z.literal('availability'),
  available: z.boolean(),
  reason: text.exactOptional(),
});

const decline: z.ZodType<Decline> = z.strictObject({ kind: z.literal('decline'), reason: text });

const goodbye: z.ZodType<Goodbye> = z.strictObject({
  kind: z.literal('goodbye'),
  reason: text,
  finished: z.boolean(),
  retryAfterSeconds: z.number().nonnegative().max(LONGEST_PAUSE_SECONDS).exactOptional(),
});

const offer: z.ZodType<Offer> = z.strictObject({
  kind: z.literal('offer'),
  id: count,
  name,
  bytes: z.int().gt(PART_BYTES).max(LARGEST_MESSAGE_BYTES),
});

const part: z.ZodType<Part> = z.strictObject({
  kind: z.literal('part'),
  offset: count,
  content: viewedBytes.refine(({ length }) => length <= LARGEST_PART_BYTES, {
    error: `expected at most ${LARGEST_PART_BYTES} bytes`,
  }),
});

const held: z.ZodType<Held> = z.strictObject({ kind: z.literal('held'), id: count, bytes: count });

const withdrawal: z.ZodType<Withdrawal> = z.strictObject({ kind: z.literal('withdrawal'), id: count });

const transfers: MessageSchemas<TransferMessage> = { offer, part, held, withdrawal };

/** The schema of each kind of message. */
export type MessageSchemas<M extends { readonly kind: string }> = Readonly<Record<M['kind'], z.ZodType<M>>>;

/** The messages that a client may send. */
export const clientSchemas: MessageSchemas<FromClient> = {
  hello,
  proof,
  join,
  decline,
  availability,
  answer,
  failure,
  ...transfers,
};
/** The messages that a coordinator may send. */
export const coordinatorSchemas: MessageSchemas<FromCoordinator> = {
  challenge,
  welcome,
  joined,
  refusal,
  task,
  cancel,
  goodbye,
  ...transfers,
};
