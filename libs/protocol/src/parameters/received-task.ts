/** Restores a task as participants know it, from what the coordinator sent and what this client has cached. */

import type { Task } from '@gaitway/core';
import { applyPatch } from '@gaitway/core/federated';
import { digestBytes, type Digest } from '@gaitway/core/internal';
import { MessageRefused } from '../message-refused.js';
import type { SentParameters, SentTask } from '../messages/messages.js';
import type { ParameterCache } from './parameter-cache.js';

/**
 * Resolves with the task and its parameters, which are added to the cache at once. Must be called for all tasks of a
 * connection in the order in which they arrived, even for those that have been cancelled: the coordinator's cache has
 * them, too.
 *
 * Rejects with a MessageRefused when the digest of parameters is wrong, or when they refer to some that are not cached.
 */
export async function receivedTask(sent: SentTask, cache: ParameterCache<Promise<Float32Array>>): Promise<Task> {
  if (sent.kind === 'aggregation') {
    return sent;
  }
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

/** Entries whose digest is wrong reject, as do patches based on them, until the full parameters are sent. */
type ReceivedCache = ParameterCache<Promise<Float32Array>>;

/**
 * Resolves with the parameters once their digest has been verified. They are added to the cache at once.
 *
 * Rejects with a MessageRefused when their digest is wrong, or when they refer to parameters that are not in the cache.
 */
function receivedParameters(sent: SentParameters, cache: ReceivedCache): Promise<Float32Array> {
  const parameters = parametersOf(sent, cache);
  parameters.catch(() => undefined); // Whoever does the task handles it; for a cancelled task, nobody needs to.
  cache.add(sent.digest, parameters);
  return parameters;
}

async function parametersOf(sent: SentParameters, cache: ReceivedCache): Promise<Float32Array> {
  switch (sent.kind) {
    case 'known':
      return earlier(sent.digest, cache);
    case 'whole':
      return verified(sent.digest, sent.values);
    case 'patch': {
      const patched = applyPatch(await earlier(sent.base, cache), sent);
      if (!(patched instanceof Float32Array)) {
        throw new MessageRefused(`a patch of parameters: expected ${patched.expected}, found ${patched.found}`);
      }
      return verified(sent.digest, patched);
    }
  }
}

function earlier(digest: string, cache: ReceivedCache): Promise<Float32Array> {
  const parameters = cache.get(digest);
  if (!parameters) {
    throw new MessageRefused(`expected parameters with digest ${digest} from an earlier task, found none`);
  }
  return parameters;
}

async function verified(digest: Digest, parameters: Float32Array): Promise<Float32Array> {
  const found = await digestBytes(parameters);
  if (found !== digest) {
    throw new MessageRefused(`expected parameters with digest ${digest}, found ${found}`);
  }
  verifiedDigests.set(parameters, digest);
  return parameters;
}

/** Digests of parameters as they arrived. Nobody changes these arrays. */
const verifiedDigests = new WeakMap<Float32Array, Digest>();

/** The digest of parameters: where they arrived with a task, the one that was verified then, else computed now. */
export async function parametersDigest(parameters: Float32Array): Promise<Digest> {
  return verifiedDigests.get(parameters) ?? digestBytes(parameters);
}
