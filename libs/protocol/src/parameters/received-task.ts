/** Restores a task as participants know it, from what the coordinator sent and what this client has cached. */

import type { Task } from '@gaitway/core';
import type { SentTask } from '../messages/messages.js';
import type { ParameterCache } from './parameter-cache.js';
import { receivedParameters } from './received-parameters.js';

/**
 * Resolves with the task and its parameters, which are added to the cache at once. Must be called for all tasks of a
 * connection in the order in which they arrived, even for those that have been cancelled: the coordinator's cache has
 * them, too.
 *
 * Rejects with a MessageRefused when the digest of parameters is wrong, or when they refer to some that are not cached.
 */
export async function receivedTask(sent: SentTask, cache: ParameterCache<Promise<Float32Array>>): Promise<Task> {
  const own = receivedParameters(sent.parameters, cache);
  if (sent.kind === 'evaluate') {
    return { ...sent, parameters: await own };
  }
  const { teacher: labeller, ...task } = sent;
  const labels = labeller && receivedParameters(labeller, cache);
  const [parameters, labelling] = await Promise.all([own, labels]);
  const teacher = labeller && labelling && { digest: labeller.digest, parameters: labelling };
  return { ...task, parameters, ...(teacher && { teacher }) };
}
