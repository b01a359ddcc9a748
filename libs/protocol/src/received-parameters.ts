/** One set of parameters of a task, from what the coordinator sent of it and what this client still has. */

import { applyPatch, digestBytes } from '@gaitway/core';
import { MessageRefused } from './message-refused.js';
import type { SentParameters } from './messages.js';
import type { ParameterMemory } from './parameter-memory.js';

/** Those that were sent wrong reject, as do patches of them, until they travel whole. */
type ReceivedMemory = ParameterMemory<Promise<Float32Array>>;

/**
 * The parameters, once their digest is right; remembered at once.
 *
 * Rejects with a MessageRefused when they are not what their digest says, or go back to some that never came.
 */
export function receivedParameters(sent: SentParameters, memory: ReceivedMemory): Promise<Float32Array> {
  const parameters = parametersOf(sent, memory);
  parameters.catch(() => undefined); // Whoever does the task hears of it; of one that is cancelled, nobody does.
  memory.remember(sent.digest, parameters);
  return parameters;
}

async function parametersOf(sent: SentParameters, memory: ReceivedMemory): Promise<Float32Array> {
  switch (sent.kind) {
    case 'known':
      return earlier(sent.digest, memory);
    case 'whole':
      return verified(sent.digest, sent.values);
    case 'patch': {
      const patched = applyPatch(await earlier(sent.base, memory), sent);
      if (!(patched instanceof Float32Array)) {
        throw new MessageRefused(`a patch of parameters: expected ${patched.expected}, found ${patched.found}`);
      }
      return verified(sent.digest, patched);
    }
  }
}

function earlier(digest: string, memory: ReceivedMemory): Promise<Float32Array> {
  const parameters = memory.get(digest);
  if (!parameters) {
    throw new MessageRefused(`expected parameters with digest ${digest} from an earlier task, found none`);
  }
  return parameters;
}

async function verified(digest: string, parameters: Float32Array): Promise<Float32Array> {
  const found = await digestBytes(parameters);
  if (found !== digest) {
    throw new MessageRefused(`expected parameters with digest ${digest}, found ${found}`);
  }
  return parameters;
}
