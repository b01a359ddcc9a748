/**
 * A process of its own for the benchmark of simulations: rounds of as many participants as its argument says, which return
 * a changed array at once. Prints the milliseconds for each participant in the best round, and the most memory that the
 * process held, in MiB.
 */

import {
  type EvaluateTask,
  inMemoryFleet,
  parseStudy,
  type Participant,
  type ReplyTo,
  runStudy,
  type Task,
  type TrainTask,
} from '@gaitway/core';
import { publishedLoad } from '../tools/load/load-study.js';

const ROUNDS = 10;

const participants = Number(process.argv[2]);
const study = parseStudy(publishedLoad({ rounds: ROUNDS, cohort: {} }));

const idle: Participant = <T extends Task>(task: T): Promise<ReplyTo<T>> => {
  const { kind, stage, round, parameters } = task as TrainTask | EvaluateTask;
  const delta = new Float32Array(parameters.length).fill(1e-3);
  const update = { delta, examples: 10, summary: { windows: 10, loss: 1 } };
  const evaluation = { windows: 0 };
  return Promise.resolve({
    kind,
    stage,
    round,
    ...(kind === 'train' ? update : { evaluation }),
  } as unknown as ReplyTo<T>);
};

const clients = new Map(Array.from({ length: participants }, (_, index) => [`client-${index}`, idle]));
const fleet = inMemoryFleet(clients, { concurrency: 1 });
const { signal } = new AbortController(); // nobody stops this
let best = Infinity;
let start = performance.now();
for await (const { where } of runStudy(study, { fleet, coordinator: idle, signal })) {
  const now = performance.now();
  best = where === 'clients' ? Math.min(best, now - start) : best;
  start = now;
}
console.log(`${best / participants} ${process.resourceUsage().maxRSS / 1024}`);
