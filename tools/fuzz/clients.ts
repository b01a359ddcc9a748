/** The clients of a study under attack: honest ones, and hostile insiders that join like them and answer with nonsense. */

import { joinStudy, lowestFloors } from '@gaitway/client';
import { createRng, type Participant, type Rng } from '@gaitway/core';
import { handMade } from '@gaitway/core/testing/hand-made';
import { enrolledIdentity, trusted } from '../load/secured.js';
import { spoilValue } from './value-mutations.js';

/** A participant whose replies depend on its name and its task; it gives them once `mayAnswer` resolves. */
export function honestLearner(name: string, mayAnswer: (round: number) => Promise<void>): Participant {
  return handMade(async ({ stage, round, parameters }) => {
    await mayAnswer(round);
    const rng = createRng(name).fork(stage, round);
    const examples = 1 + rng.integer(50);
    const delta = parameters.map((value) => 0.01 * (rng.uniform() - value));
    return { kind: 'train', stage, round, delta, examples, summary: { windows: examples, loss: rng.uniform() } };
  });
}

/** A participant that replies at once and always with an invalid update: it has a parameter too many, and further faults. */
export function insider(rng: Rng): Participant {
  return handMade(({ stage, round, parameters }) => {
    const delta = new Float32Array(parameters.length + 1);
    const reply = { kind: 'train', stage, round, delta, examples: 9, summary: { windows: 9, loss: 1 } } as const;
    return spoilValue(reply, rng) as typeof reply;
  });
}

/**
 * Enrols a client, which takes part until the study ends, or until the coordinator sends it away.
 *
 * @param folder - Where the coordinator's keys are
 */
export async function takePart(
  url: string,
  folder: string,
  {
    name,
    participant,
    signal,
  }: { readonly name: string; readonly participant: Participant; readonly signal: AbortSignal },
): Promise<string> {
  return joinStudy({
    url,
    ca: trusted,
    client: name,
    identity: await enrolledIdentity(folder, name),
    policy: lowestFloors,
    prepare: () => Promise.resolve({ participant, [Symbol.asyncDispose]: () => Promise.resolve() }),
    signal,
    onEvent: () => undefined,
  });
}
