/** Encodes tasks, once for all clients that get the same bytes: a cohort of a thousand shares one copy. */

import type { EvaluateTask, Task, TrainTask } from '@gaitway/core';
import { patchBetween } from '@gaitway/core/federated';
import type { Digest } from '@gaitway/core/internal';
import { parametersDigest } from '@gaitway/node';
import {
  createSharedOutgoingMessage,
  encode,
  type OutgoingMessage,
  parameterCache,
  type ParameterCache,
  type SentParameters,
  type SentTask,
} from '@gaitway/protocol';

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
    if (task.kind === 'aggregation') {
      const outgoing = createSharedOutgoingMessage(encode({ kind: 'task', id, task }));
      return { id, messageFor: () => outgoing };
    }
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

function sentTask(
  task: TrainTask | EvaluateTask,
  parameters: SentParameters,
  labels: SentParameters | undefined,
): SentTask {
  if (task.kind === 'evaluate') {
    return { ...task, parameters };
  }
  const { teacher, ...sent } = task;
  return { ...sent, parameters, ...(teacher && labels && { teacher: labels }) };
}

function nameOf(sent: SentParameters | undefined): string {
  return sent?.kind === 'patch' ? sent.base : (sent?.kind ?? '');
}

/** The parameters that a client has in its cache, by digest: the coordinator knows them without having asked. */
export type KnownParameters = ParameterCache<true>;

/** Bytes that a patch has and whole parameters do not: the base's digest and the names of two fields. */
const BASE_BYTES = 81;

/**
 * Returns a function that chooses the form for a client: the digest where the client has the parameters, else the smallest
 * patch of parameters that it has, else the whole. It notes that the client has the parameters from then on.
 *
 * @param bases - Earlier parameters that are still in memory, of which patches can be made
 */
function sentForms(
  digest: Digest,
  values: Float32Array,
  bases: ParameterCache<Float32Array>,
): (client: KnownParameters) => SentParameters {
  const whole = { kind: 'whole', digest, values } as const;
  const known = { kind: 'known', digest } as const;
  const patches = new Map<Digest, Patch | undefined>();
  const patchOf = (base: Digest): Patch | undefined => {
    if (!patches.has(base)) {
      const patch = patchBetween(bases.get(base) ?? new Float32Array(), values, values.byteLength - BASE_BYTES);
      patches.set(base, patch && { kind: 'patch', digest, base, ...patch });
    }
    return patches.get(base);
  };
  return (client) => {
    const sent = client.get(digest) ? known : (smallest(client.digests().map(patchOf)) ?? whole);
    client.add(digest, true);
    return sent;
  };
}

type Patch = Extract<SentParameters, { readonly kind: 'patch' }>;

function smallest(patches: readonly (Patch | undefined)[]): Patch | undefined {
  const bytes = ({ gaps, values }: Patch): number => gaps.length + values.byteLength;
  return patches.filter((patch) => patch !== undefined).sort((a, b) => bytes(a) - bytes(b))[0];
}
