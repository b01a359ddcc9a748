/**
 * The messages between coordinator and clients, as plain data.
 *
 * A client says hello, the coordinator proves with a challenge that it holds its key, and the client proves the same of its
 * own. Then it is welcomed with the study, validates it, prepares its windows and joins, or declines. From its join on it
 * gets tasks and answers each with a reply or a failure. A refusal or a goodbye ends its part in the study.
 */

import type {
  AbstainReply,
  AggregationReply,
  AggregationTask,
  ClientId,
  EvaluateReply,
  EvaluateTask,
  NoisyReply,
  TrainReply,
  TrainTask,
} from '@gaitway/core';
import type { Delta, ParameterPatch } from '@gaitway/core/federated';
import type { Normalisation } from '@gaitway/core/inputs';
import type { Digest } from '@gaitway/core/internal';
import type { VersionOffer } from './versions.js';

/**
 * The first message of a client on a connection. These fields are the same in all versions of the protocol. Others, which a
 * client that also speaks a later version may add, are ignored. It does not say who the client is: that is only for a
 * coordinator that has proved its own key.
 */
export interface Hello extends VersionOffer {
  readonly kind: 'hello';
  /** Version of the client's Gaitway. */
  readonly gaitway: string;
  /** 32 random bytes of the client, new for each connection; in base64url, as keys and signatures are. */
  readonly nonce: string;
  /** Whether the client knows the TLS channel under the connection, to which the signatures are tied then. */
  readonly binds: boolean;
}

/** The coordinator's answer to a hello: it proves that it holds its key, and asks the client to do the same. */
export interface Challenge {
  readonly kind: 'challenge';
  /** The version of the protocol in which both go on: the newest that both speak. */
  readonly protocol: number;
  /** The coordinator's public key (Ed25519). */
  readonly key: string;
  /** 32 random bytes of the coordinator, new for each connection. */
  readonly nonce: string;
  readonly studyDigest: Digest;
  /** The coordinator's signature of `challengeTranscript`. */
  readonly signature: string;
}

/** The client's answer to a challenge: who it is, and the proof that it holds its key. */
export interface Proof {
  readonly kind: 'proof';
  readonly client: ClientId;
  /** The client's public key (Ed25519). */
  readonly key: string;
  /** The secret of an enrolment code, until the key is enrolled. */
  readonly code?: string;
  /** The client's signature of `proofTranscript`. */
  readonly signature: string;
}

/** The coordinator's answer to a proof: the study that it conducts. */
export interface Welcome {
  readonly kind: 'welcome';
  /** Plain JSON data, to be read by `parseStudy`. */
  readonly study: unknown;
  readonly studyDigest: Digest;
  /** `null` in a study where each site normalises by its own statistics. */
  readonly normalisation: Normalisation | null;
}

/** The client has read the study as the coordinator meant it and is ready for tasks. */
export interface Join {
  readonly kind: 'join';
  readonly studyDigest: Digest;
  /** The digest of the layout of each stage's parameters, by stage. */
  readonly layoutDigests: Readonly<Record<string, Digest>>;
  /** The number of windows that the client holds, where it says so. */
  readonly windows?: number;
}

/** The coordinator's answer to a join. */
export interface Joined {
  readonly kind: 'joined';
}

/** The coordinator does not accept this client. `kind` and `reason` are the same in all versions of the protocol. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly reason: string;
}

/**
 * The parameters of a task, in the shortest form for what the client already has. Both sides cache those of the last
 * tasks: see `parameterCache`.
 */
export type SentParameters =
  | { readonly kind: 'whole'; readonly digest: Digest; readonly values: Float32Array }
  /** An earlier task on this connection brought the same parameters. */
  | { readonly kind: 'known'; readonly digest: Digest }
  /** An earlier task on this connection brought `base`, which differs from them at some indices. */
  | ({ readonly kind: 'patch'; readonly digest: Digest; readonly base: Digest } & ParameterPatch);

/** A task as it travels: as a participant knows it, with its parameters in their travelling form. */
export type SentTask =
  | (Omit<TrainTask, 'parameters' | 'teacher'> & {
      readonly parameters: SentParameters;
      readonly teacher?: SentParameters;
    })
  | (Omit<EvaluateTask, 'parameters'> & { readonly parameters: SentParameters })
  | AggregationTask;

/** The coordinator gives the client a task. */
export interface TaskMessage {
  readonly kind: 'task';
  /** Identifies the task, on every connection. */
  readonly id: number;
  readonly task: SentTask;
}

/** The coordinator no longer waits for the answer to this task. */
export interface Cancel {
  readonly kind: 'cancel';
  readonly id: number;
}

/** The client has done a task. */
export interface Answer {
  readonly kind: 'answer';
  /** The id of the task. */
  readonly id: number;
  readonly reply: TrainReply<Delta> | AbstainReply | EvaluateReply | AggregationReply | NoisyReply;
}

/** The client could not do a task. It stays connected and can be given other tasks. */
export interface Failure {
  readonly kind: 'failure';
  /** The id of the task. */
  readonly id: number;
  readonly reason: string;
}

/**
 * Whether the client can be given tasks. A client that is available need not say so. One that is not says so before it
 * joins, and again whenever that changes. A task that it is working on is not interrupted.
 */
export interface Availability {
  readonly kind: 'availability';
  readonly available: boolean;
  /** Why it is not available. */
  readonly reason?: string;
}

/** The client does not take part in the study that it was welcomed with. The coordinator ends the connection. */
export interface Decline {
  readonly kind: 'decline';
  /** Which parts of its policy the study breaks. */
  readonly reason: string;
}

/** The study is over, or this client is to stay away for a while. */
export interface Goodbye {
  readonly kind: 'goodbye';
  readonly reason: string;
  /** False where the study ended before its last round. */
  readonly finished: boolean;
  /** Present where the client is to come back, after about as many seconds. */
  readonly retryAfterSeconds?: number;
}

/** Announces a message that is too large to travel in one piece. The receiver answers how much of it it already holds. */
export interface Offer {
  readonly kind: 'offer';
  /** The number of this offer among those of this side on this connection, from 1. */
  readonly id: number;
  /** Unique to the message, over all connections: what has arrived under this name before is its beginning. */
  readonly name: string;
  /** The size of the message. */
  readonly bytes: number;
}

/** The next bytes of the message that was offered last. */
export interface Part {
  readonly kind: 'part';
  readonly offset: number;
  readonly content: Uint8Array;
}

/** Acknowledges how many bytes of an offered message have arrived, on this connection or an earlier one. */
export interface Held {
  readonly kind: 'held';
  /** The id of the offer. */
  readonly id: number;
  readonly bytes: number;
}

/** The sender will not send the rest of an offered message. */
export interface Withdrawal {
  readonly kind: 'withdrawal';
  /** The id of the offer. */
  readonly id: number;
}

/** The messages with which either side transfers a large message in parts. */
export type TransferMessage = Offer | Part | Held | Withdrawal;

export type FromClient = Hello | Proof | Join | Decline | Availability | Answer | Failure | TransferMessage;
export type FromCoordinator = Challenge | Welcome | Joined | Refusal | TaskMessage | Cancel | Goodbye | TransferMessage;
export type Message = FromClient | FromCoordinator;
