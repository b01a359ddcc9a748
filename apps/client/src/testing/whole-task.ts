/** Tasks as a coordinator sends them to a client that has nothing yet. */

import { createHash } from 'node:crypto';
import type { TrainTask } from '@gaitway/core';
import type { Digest } from '@gaitway/core/internal';
import type { SentParameters, SentTask } from '@gaitway/protocol';

export function digestOf(values: Float32Array): Digest {
  return createHash('sha256').update(values).digest('hex');
}

export function whole(values: Float32Array): SentParameters {
  return { kind: 'whole', digest: digestOf(values), values };
}

export function wholeTask({ teacher, parameters, ...task }: TrainTask): SentTask {
  return { ...task, parameters: whole(parameters), ...(teacher && { teacher: whole(teacher.parameters) }) };
}
