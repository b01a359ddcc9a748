/** Encodes tasks, once for all clients that get the same bytes: a cohort of a thousand shares one copy. */

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
import { sentForms, type KnownParameters } from './sent-parameters.js';

/** A task, encoded when it is first needed. */
export interface EncodedTask {
  /** Identifies the task on every connection. */
  readonly id: number;
  /** The task for a client that has these parameters. Adds those of the task to them. */
  messageFor(client: KnownParameters): OutgoingMessage;
}

/** How many sets of parameters are kept to make patches of: a client that was last asked some rounds ago has an old one. */
const BASES_KEPT = 8;

/** Makes an encoder that gives each task an id of its own. A task must not change once it has been encoded. */
export function taskEncoder(): (task: Task) => EncodedTask {
  const known = new WeakMap<Task, EncodedTask>();
  const bases = parameterCache<Float32Array>(BASES_KEPT);
  let count = 0;

  const formsOf = (values: Float32Array, digest = parametersDigest(values)): ReturnType<typeof sentForms> => {
    bases.add(digest, values);
    return sentForms(digest, values, bases);
  };
  const encodeTask = (task: Task, id: number): EncodedTask => {
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
    const encoded = known.get(task) ?? encodeTask(task, ++count);
    known.set(task, encoded);
    return encoded;
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
