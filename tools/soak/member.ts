/** A client that comes and goes for as long as a soak lasts, and answers tasks of made-up updates in between. */

import { joinStudy, lowestFloors } from '@gaitway/client';
import type { Participant, Rng } from '@gaitway/core';
import { handMade } from '@gaitway/core/testing/hand-made';
import { setTimeout as pause } from 'node:timers/promises';
import { enrolledIdentity, trusted } from '../load/secured.js';

/** What the clients did, to be held against what the coordinator says of it. */
export interface Doings {
  joins: number;
  leaves: number;
  /** Stays that ended otherwise than by leaving. */
  readonly surprises: string[];
}

export interface MemberOptions {
  readonly url: string;
  /** Where the coordinator's keys are. */
  readonly folder: string;
  readonly name: string;
  readonly rng: Rng;
  readonly signal: AbortSignal;
  readonly doings: Doings;
}

/** What a client whose training fails says. */
export const OWN_FAILURE = 'its battery is empty';

/** Longer than the rounds' deadline. */
const SLOW_SECONDS = 5;

/** Stays for 5 to 60 seconds, is away for .5 to 5, and so on. */
export async function comeAndGo({ url, folder, name, rng, signal, doings }: MemberOptions): Promise<void> {
  const identity = await enrolledIdentity(folder, name);
  const participant = moodyLearner(rng.fork('learner'));
  for (;;) {
    await pause(500 + 4_500 * rng.uniform());
    if (signal.aborted) {
      return;
    }
    const stay = leavingAfter(5_000 + rng.integer(55_000), signal);
    try {
      const ending = await joinStudy({
        url,
        ca: trusted,
        client: name,
        identity,
        policy: lowestFloors,
        prepare: () => Promise.resolve({ participant, windows: 10, [Symbol.asyncDispose]: () => Promise.resolve() }),
        signal: stay.signal,
        onEvent: ({ kind }) => {
          doings.joins += kind === 'joined' ? 1 : 0;
        },
      });
      doings.surprises.push(`${name} ended: ${ending}`);
    } catch (error) {
      if (stay.signal.aborted) {
        doings.leaves++;
      } else {
        doings.surprises.push(`${name}: ${String(error)}`);
      }
    } finally {
      stay.forget();
    }
  }
}

/** Aborts after a while or with `signal`. Node 20 may collect a combination of signals whose only other owner is a timer. */
function leavingAfter(milliseconds: number, signal: AbortSignal): { readonly signal: AbortSignal; forget(): void } {
  const controller = new AbortController();
  const leave = (): void => {
    controller.abort();
  };
  const timer = setTimeout(leave, milliseconds);
  signal.addEventListener('abort', leave);
  return {
    signal: controller.signal,
    forget: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
    },
  };
}

/** Answers after .2 to 1 second; now and then it fails, or is slower than a round waits. */
function moodyLearner(rng: Rng): Participant {
  return handMade(async ({ stage, round, parameters }, signal) => {
    const mood = rng.uniform();
    await pause(mood < 0.005 ? 1_000 * SLOW_SECONDS : 200 + 800 * rng.uniform(), undefined, { signal });
    if (mood > 0.99) {
      throw new Error(OWN_FAILURE);
    }
    const examples = 1 + rng.integer(50);
    const delta = parameters.map((value) => 0.01 * (rng.uniform() - value));
    return { kind: 'train', stage, round, delta, examples, summary: { windows: examples, loss: rng.uniform() } };
  });
}
