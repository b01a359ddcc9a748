/**
 * What coordinator and clients say to each other, as plain data.
 *
 * A client says hello and is welcomed with the study, checks it, makes its windows ready and joins. From then on it gets
 * tasks and answers each with a reply or a failure. Whoever is refused, or told goodbye, is done.
 */

import type {
  AbstainReply,
  ClientId,
  Delta,
  Digest,
  EvaluateReply,
  EvaluateTask,
  Normalisation,
  ParameterPatch,
  TrainReply,
  TrainTask,
} from '@gaitway/core';

/** A client's first words on a connection. `kind` and `protocol` keep their places in all versions of the protocol. */
export interface Hello {
  readonly kind: 'hello';
  readonly protocol: number;
  /** Version of the client's Gaitway. */
  readonly gaitway: string;
  readonly client: ClientId;
  /** From an earlier welcome: proves that a client that returns is the one that left. */
  readonly session?: string;
}

/** The study that the coordinator conducts. */
export interface Welcome {
  readonly kind: 'welcome';
  /** Plain JSON data; to be read by `parseStudy`. */
  readonly study: unknown;
  readonly studyDigest: Digest;
  /** `null` in a study where each site normalises by its own statistics. */
  readonly normalisation: Normalisation | null;
  readonly session: string;
}

/** The client has read the study as the coordinator meant it, and is ready for tasks. */
export interface Join {
  readonly kind: 'join';
  readonly studyDigest: Digest;
  /** By stage. */
  readonly layoutDigests: Readonly<Record<string, Digest>>;
  /** Number of windows it holds, where it says so. */
  readonly windows?: number;
}

export interface Joined {
  readonly kind: 'joined';
}

/** The coordinator wants nothing to do with this client. `kind` and `reason` are the same in all protocol versions. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly reason: string;
}

/**
 * Parameters of a task, so that a client gets no more than it lacks. Both sides remember those of the last tasks: see
 * `parameterMemory`.
 */
export type SentParameters =
  | { readonly kind: 'whole'; readonly digest: Digest; readonly values: Float32Array }
  /** An earlier task on this connection brought them. */
  | { readonly kind: 'known'; readonly digest: Digest }
  /** An earlier task on this connection brought `base`, which has other values at some places. */
  | ({ readonly kind: 'patch'; readonly digest: Digest; readonly base: Digest } & ParameterPatch);

export type SentTask =
  | (Omit<TrainTask, 'parameters' | 'teacher'> & {
      readonly parameters: SentParameters;
      readonly teacher?: SentParameters;
    })
  | (Omit<EvaluateTask, 'parameters'> & { readonly parameters: SentParameters });

export interface TaskMessage {
  readonly kind: 'task';
  /** Unique on a connection. */
  readonly id: number;
  readonly task: SentTask;
}

/** Nobody waits for the answer to this task any more. */
export interface Cancel {
  readonly kind: 'cancel';
  readonly id: number;
}

export interface Answer {
  readonly kind: 'answer';
  /** The task's. */
  readonly id: number;
  readonly reply: TrainReply<Delta> | AbstainReply | EvaluateReply;
}

/** The client could not do the task. It stays and can be asked again. */
export interface Failure {
  readonly kind: 'failure';
  /** The task's. */
  readonly id: number;
  readonly reason: string;
}

/**
 * Whether the client can be given tasks. One that can says nothing; one that cannot says so before it joins, and again
 * whenever that changes. A task that it has goes on.
 */
export interface Availability {
  readonly kind: 'availability';
  readonly available: boolean;
  /** Why it is not. */
  readonly reason?: string;
}

/** The study is over. */
export interface Goodbye {
  readonly kind: 'goodbye';
  readonly reason: string;
  /** False where it ended before its last round. */
  readonly finished: boolean;
  /** There where it is over for now only: the client comes back after so many seconds, give or take. */
  readonly retryAfterSeconds?: number;
}

/** A message too large to travel as one. Whoever gets it says how much of it it holds. */
export interface Offer {
  readonly kind: 'offer';
  /** Counts the offers of this side on this connection, from 1. */
  readonly id: number;
  /** The message's own, over connections: no other has it. What arrived before of a message of that name is its beginning. */
  readonly name: string;
  readonly bytes: number;
}

/** The next bytes of the message that was offered last. */
export interface Part {
  readonly kind: 'part';
  readonly offset: number;
  readonly content: Uint8Array;
}

/** So many bytes of the message that was offered are here, perhaps since an earlier connection: the rest may come. */
export interface Held {
  readonly kind: 'held';
  /** The offer's. */
  readonly id: number;
  readonly bytes: number;
}

/** The rest of the message that was offered will not come. */
export interface Withdrawal {
  readonly kind: 'withdrawal';
  /** The offer's. */
  readonly id: number;
}

/** What both sides say to bring over messages in parts. */
export type TransferMessage = Offer | Part | Held | Withdrawal;

export type FromClient = Hello | Join | Availability | Answer | Failure | TransferMessage;
export type FromCoordinator = Welcome | Joined | Refusal | TaskMessage | Cancel | Goodbye | TransferMessage;
export type Message = FromClient | FromCoordinator;
