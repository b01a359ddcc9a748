/** What is said on one connection, from the first hello until it breaks. */

import { parseStudy, studyDigest } from '@gaitway/core';
import { gaitwayVersion } from '@gaitway/node';
import {
  layoutDigests,
  MessageRefused,
  PROTOCOL_VERSION,
  shortened,
  type FromClient,
  type FromCoordinator,
  type Goodbye,
  type TransferMessage,
  type Welcome,
} from '@gaitway/protocol';
import type { AvailabilityWatch, Hindrance } from './availability.js';
import type { ClientEvent } from './client-event.js';
import { JoinRefused } from './join-refused.js';
import type { TakeBack } from './line.js';
import type { PreparationKeeper } from './prepared-participant.js';
import { taskDesk, type TaskDesk } from './task-desk.js';

/** All that a coordinator says, but for how large messages go over. */
export type Talk = Exclude<FromCoordinator, TransferMessage>;

export interface Conversation {
  hear(message: Talk): void;
  /** The connection is gone: nothing more is said on it. */
  end(): void;
}

export interface ConversationOptions {
  readonly client: string;
  /** From an earlier welcome. */
  readonly session: string | undefined;
  readonly preparations: PreparationKeeper;
  /** Whether this client takes tasks; it always does without. */
  readonly availability?: AvailabilityWatch;
  readonly send: (message: FromClient) => TakeBack;
  readonly onEvent: (event: ClientEvent) => void;
  /** Keeps the session that the coordinator gave. */
  readonly onSession: (session: string) => Promise<void>;
  readonly onGoodbye: (goodbye: Goodbye) => void;
  /** The client cannot take part: the coordinator refuses it, or cannot be understood, or there is nothing to train on. */
  readonly onEnd: (error: unknown) => void;
}

/** How far a conversation has come. */
interface Progress {
  readonly options: ConversationOptions;
  live: boolean;
  desk?: TaskDesk;
  /** Tells the coordinator no more whether this client takes tasks. */
  unwatch?: () => void;
}

/** Says hello, and goes on from there. */
export function startConversation(options: ConversationOptions): Conversation {
  const progress: Progress = { options, live: true };
  const { client, session } = options;
  const name = { client, ...(session !== undefined && { session }) };
  say(progress, { kind: 'hello', protocol: PROTOCOL_VERSION, gaitway: gaitwayVersion, ...name });
  return {
    hear: (message) => {
      hear(progress, message);
    },
    end: () => {
      progress.live = false;
      progress.unwatch?.();
      progress.desk?.close();
    },
  };
}

function hear(progress: Progress, message: Talk): void {
  const { options } = progress;
  switch (message.kind) {
    case 'welcome':
      enter(progress, message).catch(options.onEnd);
      break;
    case 'joined':
      deskOf(progress, message);
      options.onEvent({ kind: 'joined' });
      break;
    case 'task':
      deskOf(progress, message).take(message);
      break;
    case 'cancel':
      deskOf(progress, message).cancel(message.id);
      break;
    case 'refusal':
      options.onEnd(new JoinRefused(message.reason));
      break;
    case 'goodbye':
      options.onGoodbye(message);
  }
}

/** Reads the study, makes ready for it and joins. */
async function enter(progress: Progress, welcome: Welcome): Promise<void> {
  const { onSession, onEvent, preparations } = progress.options;
  await onSession(welcome.session);
  const study = parseStudy(welcome.study, 'the study that the coordinator sent');
  onEvent({ kind: 'welcomed', study: study.name });
  const read = { studyDigest: await studyDigest(study), layoutDigests: await layoutDigests(study) };
  if (read.studyDigest !== welcome.studyDigest) {
    say(progress, { kind: 'join', ...read }); // It will be refused, and both sides learn why.
    return;
  }
  const offer = { study, studyDigest: read.studyDigest, normalisation: welcome.normalisation };
  const { answers, windows } = await preparations.preparationFor(offer);
  const send = (message: FromClient): TakeBack => say(progress, message);
  progress.desk = taskDesk({ answers, send, onEvent });
  tellAvailability(progress);
  say(progress, { kind: 'join', ...read, ...(windows !== undefined && { windows }) });
}

/** Before the join where there is a hindrance, so that no task comes, and from then on whenever that changes. */
function tellAvailability(progress: Progress): void {
  const { availability, onEvent } = progress.options;
  if (!availability || !progress.live) {
    return;
  }
  const tell = (hindrance: Hindrance): void => {
    const why = hindrance === undefined ? {} : { reason: shortened(hindrance) };
    say(progress, { kind: 'availability', available: hindrance === undefined, ...why });
    onEvent({ kind: 'availability', ...(hindrance !== undefined && { hindrance }) });
  };
  if (availability.current() !== undefined) {
    tell(availability.current());
  }
  progress.unwatch = availability.onChange(tell);
}

/** On a connection that broke there is nobody to talk to: what is meant for it must not reach the next one. */
function say({ live, options }: Progress, message: FromClient): TakeBack {
  return live ? options.send(message) : () => undefined;
}

function deskOf({ desk }: Progress, { kind }: Talk): TaskDesk {
  if (!desk) {
    throw new MessageRefused(`the coordinator sent "${kind}" before this client could join`);
  }
  return desk;
}
