/** The participant behind every client of a fleet under test: its behaviour depends only on the stage of its task. */

import type { Delta, PackedDelta } from '../federated/compression/compression-plan.js';
import type { Evaluation } from '../metrics/evaluation.js';
import type { AbstainReply, Participant, ReplyTo, Task, TrainReply, TrainTask } from '../train/task.js';

/** An evaluation with undefined figures, and with figures that need all their bits. */
export const contractEvaluation: Evaluation = {
  windows: 3,
  accuracy: 1 / 3,
  weightedF1: 1 / 7,
  macroF1: 2 / 3,
  microF1: 1 / 3,
  averages: {
    macro: { precision: 1, recall: 1 / 3, specificity: null },
    weighted: { precision: 1, recall: 1 / 3, specificity: null },
    micro: { precision: 1 / 3, recall: 1 / 3, specificity: 1 / 3 },
  },
  kappa: null,
  rocAuc: null,
  logLoss: Math.PI,
  calibration: {
    error: 1 / 9,
    bins: [
      { windows: 0, confidence: null, accuracy: null },
      { windows: 3, confidence: 2 / 3, accuracy: 1 / 3 },
    ],
  },
  intervals: {
    kind: 'people',
    level: 0.95,
    people: 2,
    resamples: 1000,
    weightedF1: { low: 1 / 11, high: 1 / 3 },
    macroF1: { low: 1 / 13, high: 5 / 7 },
    accuracy: { low: 0, high: 1 },
  },
  people: [
    {
      name: 'ann',
      windows: 2,
      confusion: [
        [1, 1],
        [0, 0],
      ],
    },
    {
      name: 'ben',
      windows: 1,
      confusion: [
        [0, 1],
        [0, 0],
      ],
    },
  ],
  confusion: [
    [1, 2],
    [0, 0],
  ],
  classes: [
    { name: 'sitting', precision: 1, recall: 1 / 3, specificity: null, f1: 0.5, rocAuc: null, support: 3 },
    { name: 'walking', precision: 0, recall: null, specificity: 1 / 3, f1: null, rocAuc: null, support: 0 },
  ],
};

/** The answer to each message of secure aggregation. */
export const contractRevelation: unknown = {
  kind: 'revelation',
  shares: [{ of: 'ben', share: Uint8Array.of(1, 2, 3) }],
};

/**
 * Returns a task's parameters as its delta in the stage `echo`, packed in the stages of `packedEchoes`, and its
 * teacher's parameters in `echo-teacher`; abstains in `abstain`, fails in `fail`, waits until it is told to stop in
 * `wait`, and for ever in `deaf`.
 */
export const contractParticipant: Participant = async <T extends Task>(task: T, signal: AbortSignal) => {
  const { stage, round } = task;
  switch (task.kind) {
    case 'evaluate':
      return { kind: 'evaluate', stage, round, evaluation: contractEvaluation } as ReplyTo<T>;
    case 'aggregation':
      return { kind: 'aggregation', stage, round, message: contractRevelation } as ReplyTo<T>;
    case 'train':
      return (await train(task, signal)) as ReplyTo<T>;
  }
};

/** Updates that contain a task's parameters, keyed by stage. */
export const packedEchoes: Readonly<Record<string, (parameters: Float32Array) => PackedDelta>> = {
  'echo-fp16': () => ({ kind: 'fp16', halves: Uint16Array.of(0x3800, 0xffff, 0) }),
  'echo-int8': (scales) => ({ kind: 'int8', scales, steps: Int8Array.of(-127, 0, 127) }),
  'echo-top-k': (values) => ({ kind: 'top-k', gaps: Uint8Array.of(0, 0xff, 0x01), values }),
};

async function train(task: TrainTask, signal: AbortSignal): Promise<TrainReply<Delta> | AbstainReply> {
  const { stage, round } = task;
  switch (stage) {
    case 'fail':
      throw new Error('its battery is empty');
    case 'deaf':
      return new Promise(() => undefined);
    case 'wait':
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      });
    case 'abstain':
      return { kind: 'abstain', stage, round, reason: 'the teacher was sure of nothing', windows: 12 };
    default: {
      const plain = stage === 'echo-teacher' ? task.teacher!.parameters : task.parameters;
      const delta = packedEchoes[stage]?.(task.parameters) ?? plain;
      return {
        kind: 'train',
        stage,
        round,
        delta,
        examples: 60,
        summary: { windows: 90, accepted: [60, 0], loss: 0.1 },
      };
    }
  }
}
