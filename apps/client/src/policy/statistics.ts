/**
 * Everything that leaves a client, declared once: which fields of which messages, what they may contain, and what is
 * withheld. A test holds it against the schemas of the messages and against the tables for people, so that nothing can
 * leave that is not listed here.
 */

import type { FromClient } from '@gaitway/protocol';
import type { WithholdableStatistic } from './site-policy.js';

export interface Statistic {
  /** What it is, for people. */
  readonly what: string;
  /** The most that it can say. */
  readonly bounds: string;
  /** Its fields, with the kind of message first; `[]` stands for each item of a list. */
  readonly fields: readonly `${FromClient['kind']}.${string}`[];
  /** Whether a number below the policy's least cell is withheld. */
  readonly leastCell: boolean;
  /**
   * The stages that it leaves, if not all: those whose updates are masked, or not; those in which the client adds no noise; and
   * the plain ones, with neither.
   */
  readonly stages?: 'masked' | 'unmasked' | 'noiseless' | 'plain';
  /** Under which name a policy can keep it. */
  readonly policy?: WithholdableStatistic;
}

const place = ['answer.id', 'answer.reply.stage', 'answer.reply.round'] as const;

/** In the order of the table in the README. */
export const statistics: readonly Statistic[] = [
  {
    what: "changes of the model's weights, once per round",
    bounds: 'as many numbers as the model has weights, from one training in each round',
    fields: ['answer.reply.delta'],
    stages: 'unmasked',
    leastCell: false,
  },
  {
    what: 'with SCAFFOLD, how its control variate has changed',
    bounds: 'as many numbers as the model has weights',
    fields: ['answer.reply.control'],
    stages: 'plain',
    leastCell: false,
  },
  {
    what: 'how many windows it holds',
    bounds: 'one whole number, when it joins',
    fields: ['join.windows'],
    leastCell: true,
    policy: 'windows',
  },
  {
    what: 'how many windows it could have used and used, once per round',
    bounds: 'two whole numbers, at least the floor for windows behind an update',
    fields: ['answer.reply.examples', 'answer.reply.summary.windows'],
    stages: 'plain',
    leastCell: false,
  },
  {
    what: 'how many windows it could have used, when it has nothing to send',
    bounds: 'one whole number',
    fields: ['answer.reply.windows'],
    stages: 'noiseless',
    leastCell: true,
  },
  {
    what: 'how many windows of each activity it used, once per round',
    bounds: 'one whole number for each activity',
    fields: ['answer.reply.summary.accepted[]'],
    stages: 'plain',
    leastCell: true,
    policy: 'accepted',
  },
  {
    what: 'its mean training loss, once per round',
    bounds: 'one number',
    fields: ['answer.reply.summary.loss'],
    stages: 'plain',
    leastCell: false,
  },
  {
    what: 'whether what it kept from earlier rounds was missing or damaged',
    bounds: 'one of two words',
    fields: ['answer.reply.summary.lost'],
    stages: 'plain',
    leastCell: false,
  },
  {
    what: "with secure aggregation, its masked changes of the model's weights, once per round",
    bounds: 'as many numbers as the model has weights; they look like random ones until those of all others are added',
    fields: ['answer.reply.message.part.members[]', 'answer.reply.message.part.values'],
    stages: 'masked',
    leastCell: false,
  },
  {
    what: 'with secure aggregation, keys for one round, sealed shares of them, and signatures',
    bounds: 'for each other client some 250 bytes; none of them depends on the recordings',
    fields: [
      'answer.reply.message.identity',
      'answer.reply.message.cipherKey',
      'answer.reply.message.maskKey',
      'answer.reply.message.seedCommitment',
      'answer.reply.message.signature',
      'answer.reply.message.boxes[].to',
      'answer.reply.message.boxes[].box',
      'answer.reply.message.commitments',
      'answer.reply.message.unreadable[]',
      'answer.reply.message.shares[].of',
      'answer.reply.message.shares[].share',
      'answer.reply.message.kind',
    ],
    stages: 'masked',
    leastCell: false,
  },
  {
    what: 'why it does not take part, failed, or has nothing to learn from',
    bounds: 'one line of text without paths, at most 2,000 characters',
    fields: ['answer.reply.reason', 'failure.reason', 'decline.reason'],
    leastCell: false,
  },
  {
    what: 'whether it takes tasks now, and if not, at which hours or why',
    bounds: 'yes or no, and one line of text without paths',
    fields: ['availability.available', 'availability.reason'],
    leastCell: false,
  },
  {
    what: "its name, its public key and signatures, its enrolment code, the versions of Gaitway and of the protocol, and the study's digests",
    bounds: 'short texts and random numbers; none of them depends on the recordings',
    fields: [
      'hello.gaitway',
      'hello.protocol',
      'hello.oldest',
      'hello.nonce',
      'hello.binds',
      'proof.client',
      'proof.key',
      'proof.code',
      'proof.signature',
      'join.studyDigest',
      'join.layoutDigests',
    ],
    leastCell: false,
  },
  {
    what: 'which task, round and stage an answer is for, and what kind of answer it is',
    bounds: "what the coordinator's own task said",
    fields: [...place, 'answer.reply.kind', 'failure.id'],
    leastCell: false,
  },
  {
    what: 'the answers above in parts, and how much of a large message has arrived',
    bounds: 'sizes and numbers of messages',
    fields: [
      'offer.id',
      'offer.name',
      'offer.bytes',
      'part.offset',
      'part.content',
      'held.id',
      'held.bytes',
      'withdrawal.id',
    ],
    leastCell: false,
  },
];

/** A form that the protocol has and that no study plans on clients: its task is refused, so it never leaves. */
export const neverSent: readonly string[] = ['answer.reply.evaluation'];
