/** A line of `rounds.jsonl`: the report of a round without its parameters. */

import type { RoundReport } from '@gaitway/core';
import type { Digest } from '@gaitway/core/internal';
import type { LostState } from '@gaitway/core/train';
import { evaluationSchema } from '@gaitway/protocol';
import { z } from 'zod';

type WithoutParameters<Report> = Report extends unknown ? Omit<Report, 'parameters' | 'checkpoint'> : never;

/** What the time of a round went into, in seconds; the rest is the server's step, and writing to the disk. */
export interface RoundPhases {
  /** Until enough clients were there. */
  readonly waiting: number;
  /** In which at least one participant had a task: its way there, the training, and the way of the answer. */
  readonly training: number;
  readonly evaluation: number;
}

export type RoundLine = WithoutParameters<RoundReport> & {
  readonly seconds: number;
  /** Absent in runs of versions that did not measure it. */
  readonly phases?: RoundPhases;
  /** SHA-256 of the little-endian Float32 bytes of the parameters after the round. */
  readonly parametersSha256: Digest;
};

const seconds = z.number().nonnegative();
const count = z.int().nonnegative();
const client = z.string();
const reason = z.string();
const summary = z.strictObject({
  windows: count,
  accepted: z.array(count.nullable()).exactOptional(),
  loss: z.number(),
  lost: z.literal(['missing', 'damaged']).exactOptional(),
  labels: z.strictObject({ confidence: z.number(), known: count, right: count }).exactOptional(),
});
const answered = z.strictObject({
  outcome: z.literal('answered'),
  client,
  examples: count.exactOptional(),
  staleness: count.exactOptional(),
  summary: summary.exactOptional(),
});
const clients = z.array(
  z.discriminatedUnion('outcome', [
    answered,
    z.strictObject({ outcome: z.literal('abstained'), client, reason, windows: count.nullable() }),
    z.strictObject({ outcome: z.literal(['failed', 'late', 'surplus']), client, reason }),
  ]),
);
const common = {
  clients,
  stage: z.string(),
  where: z.enum(['coordinator', 'clients']),
  round: count,
  rounds: count,
  after: answered.exactOptional(),
  excluded: z.array(client).exactOptional(),
  evaluation: evaluationSchema.exactOptional(),
  seconds,
  phases: z.strictObject({ waiting: seconds, training: seconds, evaluation: seconds }).exactOptional(),
  parametersSha256: z.string(),
};

export const roundLineSchema: z.ZodType<RoundLine> = z.discriminatedUnion('phase', [
  z.strictObject({ phase: z.literal('completed'), ...common }),
  z.strictObject({ phase: z.literal('aborted'), reason, suspects: z.array(client).exactOptional(), ...common }),
]);

/** How old the models were, in rounds, that the updates of a round with a buffer were trained from. */
export interface Staleness {
  readonly mean: number;
  readonly most: number;
}

/** The staleness of all updates among the outcomes; undefined where none has any. */
export function stalenessOf(outcomes: RoundLine['clients']): Staleness | undefined {
  const found = outcomes.flatMap((entry) =>
    entry.outcome === 'answered' && entry.staleness !== undefined ? [entry.staleness] : [],
  );
  if (found.length === 0) {
    return undefined;
  }
  const sum = found.reduce((total, staleness) => total + staleness, 0);
  return { mean: sum / found.length, most: found.reduce((most, staleness) => Math.max(most, staleness), 0) };
}

/** A client that should have continued from an earlier round, but started anew. */
export interface LostMemory {
  readonly client: string;
  readonly lost: LostState;
}

export function lostMemories(clients: RoundLine['clients']): readonly LostMemory[] {
  return clients.flatMap((entry) =>
    entry.outcome === 'answered' && entry.summary?.lost ? [{ client: entry.client, lost: entry.summary.lost }] : [],
  );
}
