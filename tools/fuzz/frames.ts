/** Frames of messages, valid ones and spoiled ones. What a message's bytes look like is known here and nowhere else in the fuzzer. */

import type { Rng } from '@gaitway/core';
import { encode, pack, unpack, type Message } from '@gaitway/protocol';
import { examples, packedDeltas, patchedTask } from '@gaitway/protocol/testing/messages';
import { byteMutations, chosen } from './byte-mutations.js';
import { spoilValue } from './value-mutations.js';

const { answer } = examples;
const train = answer.reply.kind === 'train' ? [answer.reply] : [];

const packedAnswers = train.flatMap((reply) =>
  Object.values(packedDeltas).map((delta): Message => ({ ...answer, reply: { ...reply, delta } })),
);

/** A message of each kind, a task with a patch, and an answer in each form of update. */
const validFrames: readonly Uint8Array[] = [...Object.values(examples), patchedTask, ...packedAnswers].map(encode);

const contents = validFrames.map((frame) => unpack(frame));

/** Of the messages, those whose content is spoiled first: bytes alone are mostly refused at the first look. */
const CONTENT_SHARE = 0.7;

/** Mutations one after the other: most messages are spoiled once. */
const AGAIN = 0.2;

/** A frame that was made of valid ones, mostly no message any more. */
export function spoiledFrame(rng: Rng): Uint8Array {
  let frame =
    rng.uniform() < CONTENT_SHARE
      ? pack(spoilValue(chosen(contents, rng), rng))
      : spoilBytes(chosen(validFrames, rng), rng);
  while (rng.uniform() < AGAIN) {
    frame = spoilBytes(frame, rng);
  }
  return frame;
}

function spoilBytes(frame: Uint8Array, rng: Rng): Uint8Array {
  return chosen(byteMutations, rng)(frame, chosen(validFrames, rng), rng);
}
