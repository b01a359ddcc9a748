/** The messages on one connection, from the client's hello until the connection is gone. */

import { parseStudy, studyDigest, type Study } from '@gaitway/core';
import {
  layoutDigests,
  MessageRefused,
  type Challenge,
  type FromClient,
  type FromCoordinator,
  type Goodbye,
  type TransferMessage,
  type Welcome,
} from '@gaitway/protocol';
import type { AvailabilityWatch, UnavailableReason } from '../availability/availability.js';
import type { ClientEvent } from '../client-event.js';
import { reasonToTell } from '../policy/reason-to-tell.js';
import { StudyRefused } from '../policy/study-floors.js';
import type { Preparation, PreparationCache, StudyOffer } from '../tasks/prepared-participant.js';
import type { Handshakes } from './handshake.js';
import { taskQueue, type TaskQueue, type Withdraw } from '../tasks/task-queue.js';

/** The messages of a coordinator, without those that transfer a large message in parts. */
export type CoordinatorMessage = Exclude<FromCoordinator, TransferMessage>;

/** The coordinator does not accept this client. The text is the coordinator's reason. */
export class JoinRefused extends Error {
  override readonly name: string = 'JoinRefused';
}

export interface Conversation {
  receive(message: CoordinatorMessage): void;
  /** The connection is gone: nothing more is said on it. */
  end(): void;
}

export interface ConversationOptions {
  readonly handshakes: Handshakes;
  /** What this side's end of the TLS channel under the connection knows; `UNBOUND` without one. */
  readonly binding: string;
  readonly preparations: PreparationCache;
  /** Whether this client takes tasks. Absent: it always does. */
  readonly availability?: AvailabilityWatch;
  readonly send: (message: FromClient) => Withdraw;
  /** Called with the study that the coordinator sent, before this client joins. */
  readonly onStudy: (study: Study) => void;
  readonly onEvent: (event: ClientEvent) => void;
  /** The same before the coordinator has proved its key: this may be the doing of somebody else in its place. */
  readonly onUnproven: (error: unknown) => void;
  /** The coordinator has proved its key. */
  readonly onProven: () => void;
  readonly onGoodbye: (goodbye: Goodbye) => void;
  /** The client cannot take part: it was refused, could not understand the coordinator, or could not prepare itself. */
  readonly onEnd: (error: unknown) => void;
}

/** The state of a conversation. */
interface Progress {
  readonly options: ConversationOptions;
  /** Whether the connection is still there. */
  live: boolean;
  /** Present once the client is ready for tasks. */
  queue?: TaskQueue;
  /** Stops telling the coordinator whether this client takes tasks. */
  unwatch?: () => void;
  /** Present once the client has declined the study: ends its part in it, when the coordinator has heard that. */
  leave?: () => void;
}

/** Sends the hello; the coordinator's messages drive the rest. */
export function startConversation(options: ConversationOptions): Conversation {
  const progress: Progress = { options, live: true };
  say(progress, options.handshakes.begin(options.binding));
  return {
    receive: (message) => {
      receive(progress, message);
    },
    end: () => {
      progress.live = false;
      progress.unwatch?.();
      progress.queue?.close();
      progress.leave?.();
    },
  };
}

function receive(progress: Progress, message: CoordinatorMessage): void {
  const { options } = progress;
  if (options.handshakes.proven() === undefined) {
    receiveUnproven(progress, message);
    return;
  }
  switch (message.kind) {
    case 'challenge':
      prove(progress, message).catch(options.onEnd);
      break;
    case 'welcome':
      enter(progress, message).catch(options.onEnd);
      break;
    case 'joined':
      queueOf(progress, message);
      options.onEvent({ kind: 'joined' });
      break;
    case 'task':
      queueOf(progress, message).add(message);
      break;
    case 'cancel':
      queueOf(progress, message).cancel(message.id);
      break;
    case 'refusal':
      options.onEnd(new JoinRefused(message.reason));
      break;
    case 'goodbye':
      options.onGoodbye(message);
  }
}

/** Before the coordinator has proved its key it can be heard, but it is not told who this client is. */
function receiveUnproven(progress: Progress, message: CoordinatorMessage): void {
  const { onUnproven, onGoodbye } = progress.options;
  if (message.kind === 'challenge') {
    prove(progress, message).catch(onUnproven);
  } else if (message.kind === 'refusal') {
    onUnproven(new JoinRefused(message.reason));
  } else if (message.kind === 'goodbye' && message.retryAfterSeconds !== undefined) {
    onGoodbye(message);
  } else {
    throw new MessageRefused(`the coordinator sent "${message.kind}" before it proved its key`);
  }
}

async function prove(progress: Progress, challenge: Challenge): Promise<void> {
  const { handshakes, onProven } = progress.options;
  const proof = await handshakes.answer(challenge);
  if (progress.live) {
    onProven();
    say(progress, proof);
  }
}

/** Reads the study, prepares for it and joins. */
async function enter(progress: Progress, welcome: Welcome): Promise<void> {
  const { handshakes, onStudy, onEvent } = progress.options;
  const proven = handshakes.proven();
  if (welcome.studyDigest !== proven?.studyDigest) {
    const signed = proven?.studyDigest;
    throw new MessageRefused(`expected the study with digest ${signed}, which the coordinator signed, found another`);
  }
  const study = parseStudy(welcome.study, 'the study that the coordinator sent');
  onStudy(study);
  onEvent({ kind: 'welcomed', study: study.name });
  const read = { studyDigest: await studyDigest(study), layoutDigests: await layoutDigests(study) };
  if (read.studyDigest !== welcome.studyDigest) {
    say(progress, { kind: 'join', ...read }); // The coordinator will refuse it, and both sides learn why.
    return;
  }
  const offer = { study, ...proven, normalisation: welcome.normalisation };
  const preparation = await preparationFor(progress, offer);
  if (!preparation) {
    return; // it has declined
  }
  const { answers, windows } = preparation;
  const send = (message: FromClient): Withdraw => say(progress, message);
  progress.queue = taskQueue({ answers, send, onEvent });
  tellAvailability(progress);
  say(progress, { kind: 'join', ...read, ...(windows !== undefined && { windows }) });
}

/** The client's preparation for a study; undefined where the client does not take part, which it tells the coordinator. */
async function preparationFor(progress: Progress, offer: StudyOffer): Promise<Preparation | undefined> {
  try {
    return await progress.options.preparations.preparationFor(offer);
  } catch (error) {
    if (!(error instanceof StudyRefused)) {
      throw error;
    }
    decline(progress, error);
    return undefined;
  }
}

/** Seconds for which a client that declines waits for the coordinator to end the connection. */
const DECLINE_SECONDS = 5;

/**
 * Tells the coordinator why the client does not take part, and ends its part once the connection is gone: a message that is
 * sent just before a client closes its connection may never leave.
 */
function decline(progress: Progress, error: StudyRefused): void {
  const { onEnd } = progress.options;
  if (!progress.live) {
    onEnd(error);
    return;
  }
  const deadline = setTimeout(onEnd, DECLINE_SECONDS * 1000, error);
  progress.leave = () => {
    clearTimeout(deadline);
    onEnd(error);
  };
  say(progress, { kind: 'decline', reason: reasonToTell(error.told) });
}

/** Says so before the join where the client is unavailable, so that it gets no task, and then whenever that changes. */
function tellAvailability(progress: Progress): void {
  const { availability, onEvent } = progress.options;
  if (!availability || !progress.live) {
    return;
  }
  const tell = (unavailableReason: UnavailableReason): void => {
    const reason = unavailableReason === undefined ? {} : { reason: reasonToTell(unavailableReason) };
    say(progress, { kind: 'availability', available: unavailableReason === undefined, ...reason });
    onEvent({ kind: 'availability', ...(unavailableReason !== undefined && { unavailableReason }) });
  };
  if (availability.current() !== undefined) {
    tell(availability.current());
  }
  progress.unwatch = availability.onChange(tell);
}

/** Sends nothing once the connection is gone: what was meant for it must not reach the coordinator on the next one. */
function say({ live, options }: Progress, message: FromClient): Withdraw {
  return live ? options.send(message) : () => undefined;
}

function queueOf({ queue }: Progress, { kind }: CoordinatorMessage): TaskQueue {
  if (!queue) {
    throw new MessageRefused(`the coordinator sent "${kind}" before this client could join`);
  }
  return queue;
}
