/** The tasks of one connection: they are sent to the client, and its answers settle them. */

import { ClientFailure, type ClientId, type ReplyTo, type Task } from '@gaitway/core';
import { untilAborted } from '@gaitway/core/internal';
import { isStopForNow } from '@gaitway/node';
import type { Answer, Failure, Outbox, OutgoingMessage } from '@gaitway/protocol';
import { type AnswerVerdict, taskHistory } from './answer-verdict.js';
import { failureAfter, type Disconnection } from './disconnection.js';
import type { EncodedTask } from './task-encoder.js';
import { taskSender } from './task-sender.js';

export interface ClientConnection {
  /** Gives the client a task and resolves with its reply, as `Fleet.ask` does. */
  ask<T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>>;
  /** Whether a task waits for its answer. */
  readonly isWaiting: () => boolean;
  /** Settles the task that a message answers, if it is still waited for; any other message changes nothing. */
  settle(message: Answer | Failure): AnswerVerdict;
  /**
   * The connection is gone: all tasks that wait for an answer fail.
   *
   * @param hadProgress - Whether the connection brought over some of a large message, which the next one resumes
   */
  lose(disconnection: Disconnection, hadProgress: boolean): void;
}

export interface ConnectionOptions {
  readonly client: ClientId;
  readonly outbox: Outbox;
  readonly encodeTask: (task: Task) => EncodedTask;
}

/** A task that waits for its answer. */
interface Pending {
  readonly kind: Task['kind'];
  readonly resolve: (reply: ReplyTo<Task>) => void;
  readonly reject: (failure: ClientFailure) => void;
}

/** Makes the connection of a client that has just joined. */
export function clientConnection({ client, outbox, encodeTask }: ConnectionOptions): ClientConnection {
  const pending = new Map<number, Pending>();
  const history = taskHistory();
  const sender = taskSender(outbox);
  return {
    ask: async <T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>> => {
      const encoded = encodeTask(task);
      requireNew(client, task, pending.has(encoded.id));
      let outgoing: OutgoingMessage | undefined;
      const answered = (): Promise<ReplyTo<Task>> =>
        new Promise((resolve, reject) => {
          pending.set(encoded.id, { kind: task.kind, resolve, reject });
          outgoing = sender.send(encoded);
        });
      try {
        return (await untilAborted(answered, signal)) as ReplyTo<T>;
      } catch (error) {
        if (signal.aborted && pending.delete(encoded.id)) {
          history.note(encoded.id, 'withdrawn');
          // A coordinator that stops for now will give the client the same task again, so the client may go on with it.
          if (!isStopForNow(signal.reason) && outgoing) {
            sender.withdraw(encoded.id, outgoing);
          }
        }
        throw error;
      } finally {
        pending.delete(encoded.id);
      }
    },
    isWaiting: () => pending.size > 0,
    settle: (message) => {
      sender.note(message);
      const waiting = taken(pending, message.id);
      if (!waiting) {
        return history.verdictOn(message.id);
      }
      history.note(message.id, 'answered');
      return settleTask(client, waiting, message);
    },
    lose: (disconnection, hadProgress) => {
      pending.forEach(({ reject }) => {
        reject(failureAfter(client, disconnection, hadProgress));
      });
    },
  };
}

/** Removes an entry from a map and returns its value; undefined where there is none. */
function taken<K, V>(map: Map<K, V>, key: K): V | undefined {
  const value = map.get(key);
  map.delete(key);
  return value;
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
  return reply.kind === kind || (kind === 'train' && reply.kind !== 'evaluate');
}
