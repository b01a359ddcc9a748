/** Runs an attack on updates of a client, and on updates that contain nothing of its windows. */

import type { Participant, Rng, TrainTask } from '@gaitway/core';
import type { Attack } from './attack.js';
import { bestMatchAmong } from './best-match.js';
import { meanInterval, type MeanInterval, meanDifference } from './mean-interval.js';
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
  readonly updates: number;
  /** Windows behind all updates together. */
  readonly examples: number;
  /** Number of time steps that are compared. */
  readonly length: number;
  readonly reconstructions: number;
  /** Reconstructions that are copies of what the client holds. */
  readonly verbatim: number;
  /** Best match of each reconstruction with anything of the client's; absent where nothing was reconstructed. */
  readonly match?: MeanInterval;
  /** The same attack on updates that contain nothing of the client's windows. */
  readonly controls: {
    /** Updates from other windows of the same person. */
    readonly samePerson: Control;
    /** Updates from windows of other people. */
    readonly others: Control;
  };
}

/** Absent where nothing was reconstructed. */
export interface Control {
  /** Best match of each reconstruction with anything of the client's. */
  readonly match?: MeanInterval;
  /** How much better the client's own updates match. */
  readonly difference?: MeanInterval;
}

/**
 * Attacks as many updates as it takes to have `windows` windows behind them. There is a result for each length that the
 * attack's reconstructions are compared at.
 *
 * @param rng - Draws the resamples of the intervals
 * @throws Error when the client abstains or does not answer with numbers
 */
export async function runAttack(
  attack: Attack,
  people: People,
  windows: number,
  rng: Rng,
): Promise<readonly AttackResult[]> {
  const { setting } = attack;
  const study = hostileStudy(setting);
  const updates = Math.ceil(windows / examplesOf(setting));
  const own = await reconstructions(attack, participantWith(study, people.client), updates);
  const samePerson = await reconstructions(attack, participantWith(study, people.samePerson), updates);
  const others = await reconstructions(attack, participantWith(study, people.others), updates);
  const held = inputsOf(people.client);
  const refused = refusalOf(setting, held.length);
  return attack.lengths.map((length) => {
    const match = bestMatchAmong(held, study.sensors.channels.length, length);
    const matches = own.map(match);
    const draws = rng.fork(length);
    return {
      attack: attack.name,
      steps: setting.steps,
      batch: setting.batch,
      kernels: setting.convolutions.map(({ kernel }) => kernel),
      ...(refused !== undefined && { refused }),
      updates,
      examples: updates * examplesOf(setting),
      length,
      reconstructions: own.length,
      verbatim: matches.filter((value) => value > VERBATIM).length,
      ...(matches.length > 0 && { match: meanInterval(matches, draws.fork('own')) }),
      controls: {
        samePerson: controlOf(matches, samePerson.map(match), draws.fork('same person')),
        others: controlOf(matches, others.map(match), draws.fork('others')),
      },
    };
  });
}

async function reconstructions(
  attack: Attack,
  participant: Participant,
  updates: number,
): Promise<readonly Float32Array[]> {
  const teacher = constantTeacher(hostileStudy(attack.setting));
  const found: Float32Array[] = [];
  for (let round = 1; round <= updates; round++) {
    const task: TrainTask = { kind: 'train', stage: STUDENT, round, parameters: attack.parameters(round), teacher };
    found.push(...attack.reconstruct(await updateOf(participant, task), round));
  }
  return found;
}

function controlOf(own: readonly number[], control: readonly number[], rng: Rng): Control {
  if (control.length === 0) {
    return {};
  }
  const match = meanInterval(control, rng.fork('match'));
  return own.length === 0 ? { match } : { match, difference: meanDifference(own, control, rng.fork('difference')) };
}

async function updateOf(participant: Participant, task: TrainTask): Promise<Float32Array> {
  const reply = await participant(task, new AbortController().signal);
  if (reply.kind !== 'train' || !(reply.delta instanceof Float32Array)) {
    throw new Error(`Expected an uncompressed update, found ${JSON.stringify(reply)}`);
  }
  return reply.delta;
}
