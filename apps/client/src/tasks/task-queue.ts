/** The tasks of one connection, which are answered one at a time and in the order in which they came. */

import type { ReplyTo, Task } from '@gaitway/core';
import {
  parameterCache,
  receivedTask,
  type Answer,
  type Failure,
  type FromClient,
  type SentTask,
  type TaskMessage,
} from '@gaitway/protocol';
import type { AnswerCache } from './answer-cache.js';
import type { FromMember } from '@gaitway/secure-aggregation';
import type { AnswerKind, ClientEvent } from '../client-event.js';
import { reasonToTell } from '../policy/reason-to-tell.js';

/** Withdraws a message that nobody wants any more, as far as it has not been sent. */
export type Withdraw = () => void;

export interface TaskQueue {
  add(message: TaskMessage): void;
  /** Cancels a task, whether it has begun or not. Its answer is not sent, or not to its end. */
  cancel(id: number): void;
  /** The connection is gone: no answer is sent. Work that has begun goes on, in case the coordinator asks for it again. */
  close(): void;
}

export interface TaskQueueOptions {
  readonly answers: AnswerCache;
  readonly send: (message: FromClient) => Withdraw;
  readonly onEvent: (event: ClientEvent) => void;
}

/** Makes the queue of a new connection. */
export function taskQueue(options: TaskQueueOptions): TaskQueue {
  const cache = parameterCache<Promise<Float32Array>>();
  const open = new Map<number, AbortController>();
  let last = Promise.resolve();
  let isOpen = true;
  let sent: { readonly id: number; readonly withdraw: Withdraw } | undefined;
  const whileOpen: AnswerOptions = {
    answers: options.answers,
    send: (message) => {
      if (isOpen) {
        sent = { id: message.id, withdraw: options.send(message) };
      }
    },
    onEvent: (event) => {
      if (isOpen) {
        options.onEvent(event);
      }
    },
  };
  return {
    add: (message) => {
      const { id, task: given } = message;
      const controller = new AbortController();
      open.set(id, controller);
      const task = receivedTask(given, cache); // at once: the coordinator's own cache relies on the order of sending
      last = Promise.allSettled([last, task])
        .then(() => (isOpen ? answer({ id, sent: given, task }, whileOpen, controller.signal) : undefined))
        .finally(() => {
          if (open.get(id) === controller) {
            open.delete(id);
          }
        });
    },
    cancel: (id) => {
      open.get(id)?.abort();
      if (sent?.id === id) {
        sent.withdraw();
      }
    },
    close: () => {
      isOpen = false;
    },
  };
}

interface AnswerOptions extends Omit<TaskQueueOptions, 'send'> {
  readonly send: (message: Answer | Failure) => void;
}

interface OpenTask {
  readonly id: number;
  readonly sent: SentTask;
  /** Rejects where its parameters cannot be restored. */
  readonly task: Promise<Task>;
}

async function answer(
  { id, sent, task: given }: OpenTask,
  { answers, send, onEvent }: AnswerOptions,
  signal: AbortSignal,
): Promise<void> {
  const { stage, round } = sent;
  try {
    const task = await given;
    signal.throwIfAborted();
    onEvent({ kind: 'task', task: task.kind, stage, round });
    const { reply, again } = await answers.answer(task, signal);
    signal.throwIfAborted();
    send({ kind: 'answer', id, reply });
    if (reply.kind === 'train' && reply.summary.lost) {
      onEvent({ kind: 'memory-lost', lost: reply.summary.lost, stage, round });
    }
    onEvent({ kind: 'answered', reply: kindOf(reply), again, stage, round });
  } catch (error) {
    if (signal.aborted) {
      onEvent({ kind: 'cancelled', stage, round });
      return;
    }
    const reason = error instanceof Error ? error.message : String(error);
    send({ kind: 'failure', id, reason: reasonToTell(reason) });
    onEvent({ kind: 'failed', reason, stage, round });
  }
}

function kindOf(reply: ReplyTo<Task>): AnswerKind {
  return reply.kind === 'aggregation' ? (reply.message as FromMember).kind : reply.kind;
}
