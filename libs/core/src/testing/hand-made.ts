/** Participants without windows or networks, for tests of the engine: their answers are given by the test. */

import type { AbstainReply, Participant, ReplyTo, Task, TrainReply, TrainTask } from '../train/task.js';
import { contractEvaluation } from './contract-participant.js';

type Train = (task: TrainTask, signal: AbortSignal) => TrainReply | AbstainReply | Promise<TrainReply | AbstainReply>;

/** A participant that trains by the given function; its evaluations are all the same. */
export function handMade(train: Train): Participant {
  return async <T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>> => {
    const { stage, round } = task;
    const reply =
      task.kind === 'train'
        ? await train(task, signal)
        : { kind: 'evaluate', stage, round, evaluation: contractEvaluation };
    return reply as ReplyTo<T>;
  };
}

/** A reply in which every parameter changes by the same amount. */
export function changeBy(change: number, examples: number): (task: TrainTask) => TrainReply {
  return ({ stage, round, parameters }) => ({
    kind: 'train',
    stage,
    round,
    delta: new Float32Array(parameters.length).fill(change),
    examples,
    summary: { windows: examples, loss: 1 },
  });
}

export function abstain({ stage, round }: TrainTask): AbstainReply {
  return { kind: 'abstain', stage, round, reason: 'it has no windows', windows: 0 };
}

export function fail(): never {
  throw new Error('its battery is empty');
}
