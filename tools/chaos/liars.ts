/** Hostile clients among the others: they join as these do, and lie about what they have learned. */

import { joinStudy, type JoinStudyOptions, lowestFloors } from '@gaitway/client';
import { createRng, type Participant, type Rng, type TrainTask } from '@gaitway/core';
import { fail, handMade } from '@gaitway/core/testing/hand-made';
import { setTimeout as pause } from 'node:timers/promises';
import { enrolledIdentity, trusted } from '../load/secured.js';

type Lie = ReturnType<Parameters<typeof handMade>[0]>;

/** What a liar answers; each is refused, so that the others' round goes on as if it had not been asked. */
const lies: readonly ((task: TrainTask) => Lie)[] = [
  (task) => update(task, { delta: task.parameters.map(() => 1e30) }),
  (task) => update(task, { delta: task.parameters.map(() => -1001) }),
  (task) => update(task, { delta: task.parameters.map(() => NaN) }),
  (task) => update(task, { delta: new Float32Array(task.parameters.length + 1) }),
  (task) => update(task, { round: task.round + 1 }),
  (task) => update(task, { stage: 'fine-tune' }),
  (task) => update(task, { examples: 0 }),
  (task) => update(task, { examples: Number.MAX_SAFE_INTEGER }),
  (task) => update(task, { summary: { windows: Number.MAX_SAFE_INTEGER, loss: 1 } }),
  (task) => update(task, { summary: { windows: 9, accepted: new Array<number>(15_000).fill(0), loss: 1 } }),
  (task) => ({ kind: 'abstain', stage: task.stage, round: task.round, reason: 'no windows', windows: 2 ** 50 }),
  () => {
    throw new Error('out of memory\n+ ben joined\n\u202Eenog \u001b[2J');
  },
];

function update({ stage, round, parameters }: TrainTask, changes: object): Lie {
  const delta = new Float32Array(parameters.length);
  return { kind: 'train', stage, round, delta, examples: 9, summary: { windows: 9, loss: 1 }, ...changes };
}

function liar(rng: Rng): Participant {
  return handMade((task) => (lies[rng.integer(lies.length)] ?? fail)(task));
}

/** Milliseconds before a liar that was sent away comes back. */
const PAUSE_MS = 200;

/** Names of as many liars. */
export function liarNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `liar-${index + 1}`);
}

export interface Liars {
  readonly url: string;
  /** Where the coordinator's keys are. */
  readonly folder: string;
  readonly names: readonly string[];
  readonly seed: number;
}

/** Enrols liars and lets them take part until the study ends; disposing of them ends them before. */
export function startLiars({ url, folder, names, seed }: Liars): AsyncDisposable {
  const stop = new AbortController();
  const all = names.map(async (name) => {
    const identity = await enrolledIdentity(folder, name);
    await lieUntilTheEnd(
      { url, ca: trusted, client: name, identity, signal: stop.signal },
      createRng(seed).fork('liar', name),
    );
  });
  return {
    [Symbol.asyncDispose]: async () => {
      stop.abort(new Error('the study is over'));
      await Promise.all(all);
    },
  };
}

async function lieUntilTheEnd(
  membership: Pick<JoinStudyOptions, 'url' | 'ca' | 'client' | 'identity' | 'signal'>,
  rng: Rng,
): Promise<void> {
  const { signal } = membership;
  const participant = liar(rng);
  while (!signal.aborted) {
    try {
      await joinStudy({
        ...membership,
        policy: lowestFloors,
        prepare: () => Promise.resolve({ participant, [Symbol.asyncDispose]: () => Promise.resolve() }),
        onEvent: () => undefined,
      });
      return;
    } catch {
      await pause(PAUSE_MS, undefined, { signal }).catch(() => undefined); // it was sent away, or is to end
    }
  }
}
