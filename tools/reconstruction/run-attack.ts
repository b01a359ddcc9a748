/** Runs an attack on updates of clients, and on updates that contain nothing of the windows that it looks for. */

import type { Participant, Rng, TrainTask } from '@gaitway/core';
import type { Attack } from './attack.js';
import { bestMatchAmong } from './best-match.js';
import { meanDifference, meanInterval, type MeanInterval, type ValuesOfUpdate } from './mean-interval.js';
import { inputsOf, participantWith, type People } from './people.js';
import { refusalOf } from './policy-floors.js';
import { constantTeacher, examplesOf, hostileStudy, STUDENT } from './setting.js';

/** From this correlation on, a reconstruction counts as a copy. */
const VERBATIM = 0.99;

export interface AttackResult {
  readonly attack: string;
  readonly steps: number;
  readonly batch: number;
  readonly kernels: readonly number[];
  /** Why the default policy refuses the study; absent where it takes part. */
  readonly refused?: string;
  /** Updates of all clients together. */
  readonly updates: number;
  /** Examples behind these updates. */
  readonly examples: number;
  /** Number of time steps that are compared. */
  readonly length: number;
  readonly reconstructions: number;
  /** Reconstructions that are copies of what the client holds. */
  readonly verbatim: number;
  /** Best match of each reconstruction with anything of the client's; absent where nothing was reconstructed. */
  readonly match?: MeanInterval;
  /** The same where the client never trained: another client's update is taken for its answer. */
  readonly control?: MeanInterval;
  /** How much better the client's own updates match than those of another client. */
  readonly difference?: MeanInterval;
  /** How much better the client's updates match its windows than as many of its own that were never trained on. */
  readonly memorised?: MeanInterval;
}

/**
 * Attacks as many updates of each client as it takes to have `windows` examples behind them. There is a result for each
 * length that the attack's reconstructions are compared at.
 *
 * @param rng - Draws the resamples of the intervals
 * @throws Error when a client abstains or does not answer with numbers
 */
export async function runAttack(
  attack: Attack,
  people: People,
  windows: number,
  rng: Rng,
): Promise<readonly AttackResult[]> {
  const { setting } = attack;
  const study = hostileStudy(setting);
  const rounds = Math.ceil(windows / examplesOf(setting));
  const held = people.clients.map((client) => inputsOf(client.windows));
  const heldOut = people.clients.map((client) => inputsOf(client.heldOut));
  const found: Reconstructions[] = [];
  for (const client of people.clients) {
    found.push(await reconstruct(attack, participantWith(study, client.windows), rounds));
  }
  const refused = refusalOf(setting, Math.min(...held.map((own) => own.length)));
  return attack.lengths.map((length) => {
    const matchesOf = (windows: readonly Signals[], updatesOf: (client: number) => Reconstructions): Matches =>
      windows.flatMap((ofClient, client) => {
        const match = bestMatchAmong(ofClient, study.sensors.channels.length, length);
        return updatesOf(client).map((update) => update.map(match));
      });
    const own = matchesOf(held, (client) => found[client]!);
    return {
      attack: attack.name,
      steps: setting.steps,
      batch: setting.batch,
      kernels: setting.convolutions.map(({ kernel }) => kernel),
      ...(refused !== undefined && { refused }),
      updates: own.length,
      examples: own.length * examplesOf(setting),
      length,
      ...figuresOf(
        own,
        matchesOf(held, (client) => found[(client + 1) % found.length]!),
        matchesOf(heldOut, (client) => found[client]!),
        rng.fork(length),
      ),
    };
  });
}

type Matches = readonly ValuesOfUpdate[];

type Figures = Pick<AttackResult, 'reconstructions' | 'verbatim' | 'match' | 'control' | 'difference' | 'memorised'>;

/**
 * @param own - Matches of each update's reconstructions with what its client trained on
 * @param others - Those of another client's updates with the same windows
 * @param neverTrained - Those of each update's reconstructions with what its client never trained on
 */
function figuresOf(own: Matches, others: Matches, neverTrained: Matches, rng: Rng): Figures {
  const values = own.flat();
  return {
    reconstructions: values.length,
    verbatim: values.filter((value) => value > VERBATIM).length,
    ...(values.length > 0 && {
      match: meanInterval(own, rng.fork('own')),
      control: meanInterval(others, rng.fork('control')),
      difference: meanDifference(own, others, rng.fork('difference')),
      memorised: meanDifference(own, neverTrained, rng.fork('memorised')),
    }),
  };
}

/** What was reconstructed from each update of a client. */
type Reconstructions = readonly Signals[];

/** Of shape [time, channel] each. */
type Signals = readonly Float32Array[];

async function reconstruct(attack: Attack, participant: Participant, rounds: number): Promise<Reconstructions> {
  const teacher = constantTeacher(hostileStudy(attack.setting));
  const found: (readonly Float32Array[])[] = [];
  for (let round = 1; round <= rounds; round++) {
    const task: TrainTask = { kind: 'train', stage: STUDENT, round, parameters: attack.parameters(round), teacher };
    found.push(attack.reconstruct(await updateOf(participant, task), round));
  }
  return found;
}

async function updateOf(participant: Participant, task: TrainTask): Promise<Float32Array> {
  const reply = await participant(task, new AbortController().signal);
  if (reply.kind !== 'train' || !(reply.delta instanceof Float32Array)) {
    throw new Error(`Expected an uncompressed update, found ${JSON.stringify(reply)}`);
  }
  return reply.delta;
}
