/** Tasks as bytes, packed once for everybody who gets the same one: a cohort of a thousand shares one copy. */

import type { Task } from '@gaitway/core';
import { parametersDigest } from '@gaitway/node';
import {
  createSharedOutgoingMessage,
  encode,
  parameterCache,
  type OutgoingMessage,
  type SentParameters,
  type SentTask,
} from '@gaitway/protocol';
import { sentForms, type ClientMemory } from './sent-parameters.js';

export interface TaskFrames {
  /** Identifies the task on every connection. */
  readonly id: number;
  /** The task for a client that has these parameters; from then on it also has those of the task. */
  messageFor(client: ClientMemory): OutgoingMessage;
}

/** Sets of parameters of which patches are made: a client that was last asked some rounds ago has an older one. */
const BASES_KEPT = 8;

/** Packs tasks, each when it is first needed. A task must not change after that. */
export function taskPacker(): (task: Task) => TaskFrames {
  const known = new WeakMap<Task, TaskFrames>();
  const bases = parameterCache<Float32Array>(BASES_KEPT);
  let count = 0;

  const formsOf = (values: Float32Array, digest = parametersDigest(values)): ReturnType<typeof sentForms> => {
    bases.add(digest, values);
    return sentForms(digest, values, bases);
  };
  const framesOf = (task: Task, id: number): TaskFrames => {
    const messages = new Map<string, OutgoingMessage>();
    const teacher = task.kind === 'train' ? task.teacher : undefined;
    const ownForms = formsOf(task.parameters);
    const teacherForms = teacher && formsOf(teacher.parameters, teacher.digest);
    return {
      id,
      messageFor: (client) => {
        const own = ownForms(client);
        const labels = teacherForms?.(client);
        const form = [own, labels].map(nameOf).join();
        const outgoing =
          messages.get(form) ??
          createSharedOutgoingMessage(encode({ kind: 'task', id, task: sentTask(task, own, labels) }));
        messages.set(form, outgoing);
        return outgoing;
      },
    };
  };

  return (task) => {
    const frames = known.get(task) ?? framesOf(task, ++count);
    known.set(task, frames);
    return frames;
  };
}

function sentTask(task: Task, parameters: SentParameters, labels: SentParameters | undefined): SentTask {
  if (task.kind === 'evaluate') {
    return { ...task, parameters };
  }
  const { teacher, ...sent } = task;
  return { ...sent, parameters, ...(teacher && labels && { teacher: labels }) };
}

function nameOf(sent: SentParameters | undefined): string {
  return sent?.kind === 'patch' ? sent.base : (sent?.kind ?? '');
}
