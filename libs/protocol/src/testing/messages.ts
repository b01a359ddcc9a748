/** One message of each kind, with every optional part that it can have. */

import type { PackedDelta } from '@gaitway/core/federated';
import type { Answer, Message, TaskMessage } from '../messages/messages.js';

export const digestOfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export const examples: { readonly [Kind in Message['kind']]: Extract<Message, { readonly kind: Kind }> } = {
  hello: { kind: 'hello', protocol: 6, oldest: 6, gaitway: '0.1.0', nonce: 'A'.repeat(43), binds: false },
  challenge: {
    kind: 'challenge',
    protocol: 6,
    key: 'A'.repeat(43),
    nonce: 'A'.repeat(43),
    studyDigest: digestOfNothing,
    signature: 'A'.repeat(86),
  },
  proof: { kind: 'proof', client: 'ann', key: 'A'.repeat(43), code: 'c1', signature: 'A'.repeat(86) },
  welcome: {
    kind: 'welcome',
    study: { name: 'walks', seed: 7, stages: [{ name: 'teacher' }] },
    studyDigest: digestOfNothing,
    normalisation: { mean: [0.5], standardDeviation: [2] },
  },
  join: { kind: 'join', studyDigest: digestOfNothing, layoutDigests: { teacher: digestOfNothing }, windows: 300 },
  joined: { kind: 'joined' },
  refusal: { kind: 'refusal', reason: 'no' },
  task: {
    kind: 'task',
    id: 3,
    task: {
      kind: 'train',
      stage: 'student',
      round: 2,
      parameters: { kind: 'whole', digest: digestOfNothing, values: Float32Array.of(1, -2.5) },
      teacher: { kind: 'known', digest: digestOfNothing },
      classPrior: [0.75, 0.25],
    },
  },
  cancel: { kind: 'cancel', id: 3 },
  answer: {
    kind: 'answer',
    id: 3,
    reply: {
      kind: 'train',
      stage: 'student',
      round: 2,
      delta: Float32Array.of(0.5, 1),
      examples: 9,
      summary: { windows: 10, accepted: [4, 5], loss: 0.75 },
    },
  },
  decline: { kind: 'decline', reason: 'floors.cohort: expected at least 3 clients, found 1' },
  availability: { kind: 'availability', available: false, reason: 'outside 22:00-06:00' },
  failure: { kind: 'failure', id: 3, reason: 'diverged' },
  offer: { kind: 'offer', id: 1, name: 'an-answer', bytes: 100_000 },
  part: { kind: 'part', offset: 32_768, content: Uint8Array.of(1, 2, 255) },
  held: { kind: 'held', id: 1, bytes: 32_768 },
  withdrawal: { kind: 'withdrawal', id: 1 },
  goodbye: { kind: 'goodbye', reason: 'done', finished: true, retryAfterSeconds: 5 },
};

/** An update in each form in which it can travel beside plain numbers. */
export const packedDeltas: { readonly [Kind in PackedDelta['kind']]: Extract<PackedDelta, { readonly kind: Kind }> } = {
  fp16: { kind: 'fp16', halves: Uint16Array.of(0x3800, 0xb555, 1) },
  bf16: { kind: 'bf16', halves: Uint16Array.of(0x3f00, 0xbeab, 0x3380) },
  int8: { kind: 'int8', scales: Float32Array.of(0.25), steps: Int8Array.of(127, -1, 0) },
  'top-k': { kind: 'top-k', gaps: Uint8Array.of(1, 0xac, 0x02), values: Float32Array.of(0.5, -1) },
};

/** Messages of a stage whose clients keep a memory and correct their steps. */
export const withMemory: { readonly task: TaskMessage; readonly answer: Answer } = {
  task: {
    kind: 'task',
    id: 3,
    task: {
      kind: 'train',
      stage: 'student',
      round: 2,
      parameters: { kind: 'whole', digest: digestOfNothing, values: Float32Array.of(1, -2.5) },
      since: 1,
      control: Float32Array.of(0.5, -0.25),
    },
  },
  answer: {
    kind: 'answer',
    id: 3,
    reply: {
      kind: 'train',
      stage: 'student',
      round: 2,
      delta: Float32Array.of(0.5, 1),
      control: Float32Array.of(-1.5, 0.125),
      examples: 9,
      summary: { windows: 10, loss: 0.75, lost: 'damaged' },
    },
  },
};

/** A task of which the client has most already: gaps of 2 and 300, so the places are 2 and 303. */
export const patchedTask: TaskMessage = {
  kind: 'task',
  id: 4,
  task: {
    kind: 'evaluate',
    stage: 'student',
    round: 2,
    parameters: {
      kind: 'patch',
      digest: 'ab'.repeat(32),
      base: digestOfNothing,
      gaps: Uint8Array.of(2, 0xac, 0x02),
      values: Float32Array.of(0.5, -1),
    },
  },
};
