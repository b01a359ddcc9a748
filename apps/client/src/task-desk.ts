/** The tasks of one connection: answered one at a time, in the order in which they came. */

import type { Task } from '@gaitway/core';
import {
  parameterCache,
  receivedTask,
  shortened,
  type Answer,
  type Failure,
  type FromClient,
  type SentTask,
  type TaskMessage,
} from '@gaitway/protocol';
import type { AnswerKeeper } from './answer-keeper.js';
import type { ClientEvent } from './client-event.js';
import type { TakeBack } from './line.js';

export interface TaskDesk {
  take(message: TaskMessage): void;
  /** Stops a task, at work or waiting. Nobody gets its answer, nor the rest of one that is on its way. */
  cancel(id: number): void;
  /** The connection is gone: nobody gets an answer. Work that was begun goes on, for whoever asks for it again. */
  close(): void;
}

export interface TaskDeskOptions {
  readonly answers: AnswerKeeper;
  readonly send: (message: FromClient) => TakeBack;
  readonly onEvent: (event: ClientEvent) => void;
}

export function taskDesk(options: TaskDeskOptions): TaskDesk {
  const memory = parameterCache<Promise<Float32Array>>();
  const open = new Map<number, AbortController>();
  let last = Promise.resolve();
  let isOpen = true;
  let sent: { readonly id: number; readonly takeBack: TakeBack } | undefined;
  const whileOpen: AnswerOptions = {
    answers: options.answers,
    send: (message) => {
      if (isOpen) {
        sent = { id: message.id, takeBack: options.send(message) };
      }
    },
    onEvent: (event) => {
      if (isOpen) {
        options.onEvent(event);
      }
    },
  };
  return {
    take: (message) => {
      const { id, task: given } = message;
      const controller = new AbortController();
      open.set(id, controller);
      const task = receivedTask(given, memory); // At once: the coordinator reckons with the order of sending.
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
        sent.takeBack();
      }
    },
    close: () => {
      isOpen = false;
    },
  };
}

interface AnswerOptions extends Omit<TaskDeskOptions, 'send'> {
  readonly send: (message: Answer | Failure) => void;
}

interface OpenTask {
  readonly id: number;
  readonly sent: SentTask;
  /** Rejects where its parameters are not what they should be. */
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
    onEvent({ kind: 'answered', reply: reply.kind, again, stage, round });
  } catch (error) {
    if (signal.aborted) {
      onEvent({ kind: 'cancelled', stage, round });
      return;
    }
    const reason = error instanceof Error ? error.message : String(error);
    send({ kind: 'failure', id, reason: shortened(reason) });
    onEvent({ kind: 'failed', reason, stage, round });
  }
}
