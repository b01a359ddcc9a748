/** A client that joined: tasks go out to it, answers come back. */

import { ClientFailure, type ClientId, type ReplyTo, type Task, untilAborted } from '@gaitway/core';
import { isStopForNow } from '@gaitway/node';
import type { Answer, Failure, Outbox, OutgoingMessage } from '@gaitway/protocol';
import type { AnswerVerdict } from './answer-verdict.js';
import { failureBy, type Departure } from './connection-lost.js';
import type { TaskFrames } from './task-frames.js';
import { taskHistory } from './task-history.js';
import { taskSender } from './task-sender.js';

export interface ClientConnection {
  /** As `Fleet.ask`, for this client. */
  ask<T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>>;
  /** Settles the task that the message answers, if somebody waits for it; any other message changes nothing. */
  settle(message: Answer | Failure): AnswerVerdict;
  /**
   * The connection is gone: whoever waits for an answer learns why there will be none on it.
   *
   * @param gotFurther - Whether it brought over some of a message that the next connection goes on with
   */
  lose(departure: Departure, gotFurther: boolean): void;
}

export interface ConnectionOptions {
  readonly client: ClientId;
  readonly outbox: Outbox;
  readonly framesOf: (task: Task) => TaskFrames;
}

interface Pending {
  readonly kind: Task['kind'];
  readonly resolve: (reply: ReplyTo<Task>) => void;
  readonly reject: (failure: ClientFailure) => void;
}

export function clientConnection({ client, outbox, framesOf }: ConnectionOptions): ClientConnection {
  const pending = new Map<number, Pending>();
  const history = taskHistory();
  const sender = taskSender(outbox);
  return {
    ask: async <T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>> => {
      const frames = framesOf(task);
      requireNew(client, task, pending.has(frames.id));
      let outgoing: OutgoingMessage | undefined;
      const answered = (): Promise<ReplyTo<Task>> =>
        new Promise((resolve, reject) => {
          pending.set(frames.id, { kind: task.kind, resolve, reject });
          outgoing = sender.send(frames);
        });
      try {
        return (await untilAborted(answered, signal)) as ReplyTo<T>;
      } catch (error) {
        if (signal.aborted && pending.delete(frames.id)) {
          history.note(frames.id, 'given up');
          // A coordinator that comes back will ask for the same again: what the client has begun is not in vain.
          if (!isStopForNow(signal.reason) && outgoing) {
            sender.takeBack(frames.id, outgoing);
          }
        }
        throw error;
      } finally {
        pending.delete(frames.id);
      }
    },
    settle: (message) => {
      sender.note(message);
      const waiting = pending.get(message.id);
      if (!waiting) {
        return history.verdictOn(message.id);
      }
      pending.delete(message.id);
      history.note(message.id, 'answered');
      return settleTask(client, waiting, message);
    },
    lose: (departure, gotFurther) => {
      pending.forEach(({ reject }) => {
        reject(failureBy(client, departure, gotFurther));
      });
    },
  };
}

function requireNew(client: ClientId, { stage, round }: Task, isPending: boolean): void {
  if (isPending) {
    throw new ClientFailure(client, `it is at work on the same task (${stage}, round ${round}) already`);
  }
}

function settleTask(client: ClientId, { kind, resolve, reject }: Pending, message: Answer | Failure): AnswerVerdict {
  if (message.kind === 'failure') {
    reject(new ClientFailure(client, message.reason));
    return 'failed';
  }
  if (!answers(message.reply, kind)) {
    reject(new ClientFailure(client, `answered a task to ${kind} with "${message.reply.kind}"`));
    return 'mismatched';
  }
  resolve(message.reply);
  return 'accepted';
}

function answers(reply: ReplyTo<Task>, kind: Task['kind']): boolean {
  return (reply.kind === 'evaluate') === (kind === 'evaluate');
}
