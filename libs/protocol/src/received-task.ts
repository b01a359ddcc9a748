/** A task as participants know it, from what the coordinator sent of it and what this client still has. */

import type { Task } from '@gaitway/core';
import type { SentTask } from './messages.js';
import type { ParameterMemory } from './parameter-memory.js';
import { receivedParameters } from './received-parameters.js';

/**
 * The task with its parameters, which are remembered at once. Must be called for all tasks of a connection in the order
 * in which they came, also for those that nobody will do.
 *
 * Rejects with a MessageRefused when they are not what their digest says, or go back to some that never came.
 */
export async function receivedTask(sent: SentTask, memory: ParameterMemory<Promise<Float32Array>>): Promise<Task> {
  const own = receivedParameters(sent.parameters, memory);
  if (sent.kind === 'evaluate') {
    return { ...sent, parameters: await own };
  }
  const { teacher: labeller, ...task } = sent;
  const labels = labeller && receivedParameters(labeller, memory);
  const [parameters, labelling] = await Promise.all([own, labels]);
  const teacher = labeller && labelling && { digest: labeller.digest, parameters: labelling };
  return { ...task, parameters, ...(teacher && { teacher }) };
}
