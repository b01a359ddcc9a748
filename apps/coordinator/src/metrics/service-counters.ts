/** Counts what has happened at the coordinator of a study since it started, for the metrics. */

import type { RoundReport } from '@gaitway/core';
import type { Objection } from '@gaitway/node';
import type { AnswerVerdict } from '../fleet/answer-verdict.js';
import type { DisconnectionCause } from '../fleet/disconnection.js';
import { type Counter, createCounter, type Metric, type Sample } from './metric-text.js';
import type { ConnectionLimitReason } from '../limits/connection-limiter.js';

/** Why a connection or a client was sent away: the values of the label `reason`. */
export type RefusalReason =
  | ConnectionLimitReason
  | 'malformed'
  | 'other-version'
  | 'out-of-turn'
  | 'forged'
  | Objection['kind']
  | 'wrong-key'
  | 'keys-unreadable'
  | 'other-study'
  | 'flood'
  | 'too-large'
  | 'damaged'
  | 'no-hello'
  | 'no-join'
  | 'returns-too-often'
  | 'never-answers'
  /** A page was asked for with a token that is nobody's, or after too many of those. */
  | 'wrong-token'
  /** The last two concern the whole port rather than a study. */
  | PortRefusal
  | 'no-such-study';

/** Why the port turned away a connection, or a request before it came to any study. */
export type PortRefusal = 'foreign-host' | 'foreign-origin' | 'no-request' | 'too-many-connections';

export interface ServiceCounters {
  /** A connection was admitted. */
  connected(): void;
  joined(): void;
  left(cause: DisconnectionCause): void;
  refused(reason: RefusalReason): void;
  answered(verdict: AnswerVerdict): void;
  /** A client got a task again after it lost its connection. */
  resent(): void;
  /** A client resumed a large message where its last connection broke. */
  resumed(): void;
  round(report: RoundReport): void;
  metrics(): readonly Metric[];
  /** The refusals alone, by reason. */
  refusals(): readonly Sample[];
}

/** @param now - Milliseconds since any fixed time; must not go backwards */
export function createServiceCounters(now: () => number): ServiceCounters {
  const counters = createCounters();
  const durations = { count: 0, sum: 0 };
  const staleness = { count: 0, sum: 0 };
  let roundStart = now();
  return {
    connected: counting(counters.connections),
    joined: counting(counters.joins),
    left: (cause) => {
      counters.disconnections.add({ cause });
    },
    refused: (reason) => {
      counters.refusals.add({ reason });
    },
    answered: (outcome) => {
      counters.answers.add({ outcome });
    },
    resent: counting(counters.resends),
    resumed: counting(counters.resumptions),
    round: ({ stage, phase, clients }) => {
      counters.rounds.add({ stage, outcome: phase });
      clients.forEach((entry) => {
        counters.outcomes.add({ stage, outcome: entry.outcome });
        if (entry.outcome === 'answered' && entry.staleness !== undefined) {
          staleness.count++;
          staleness.sum += entry.staleness;
        }
      });
      durations.count++;
      durations.sum += (now() - roundStart) / 1000;
      roundStart = now();
    },
    refusals: () => counters.refusals.samples(),
    metrics: () => [
      ...countsOf(counters),
      summary('round_seconds', 'Seconds of rounds, with the time in which they waited for clients.', durations),
      summary('update_staleness', 'Rounds between the model of an update and its buffer.', staleness),
    ],
  };
}

function counting(counter: Counter): () => void {
  return () => {
    counter.add({});
  };
}

const counterNames = [
  'connections',
  'joins',
  'disconnections',
  'refusals',
  'answers',
  'resends',
  'resumptions',
  'rounds',
  'outcomes',
] as const;
type Counters = Readonly<Record<(typeof counterNames)[number], Counter>>;

function createCounters(): Counters {
  return Object.fromEntries(counterNames.map((name) => [name, createCounter()])) as Counters;
}

function countsOf({
  connections,
  joins,
  disconnections,
  refusals,
  answers,
  resends,
  resumptions,
  rounds,
  outcomes,
}: Counters): readonly Metric[] {
  return [
    counted('connections_opened', 'Connections that were let in.', connections),
    counted('clients_joined', 'Clients that joined, each time.', joins),
    counted('clients_left', 'Clients that had joined and are gone, by how their connection ended.', disconnections),
    counted('refusals', 'Connections and clients that were sent away, by reason.', refusals),
    counted('answers', 'Answers of clients. Late, repeated and unsolicited ones changed nothing.', answers),
    counted('tasks_resent', 'Tasks that a client got again after it lost its connection.', resends),
    counted('uploads_resumed', 'Large messages that went on where a connection had broken.', resumptions),
    counted('rounds', 'Rounds that ended, by stage.', rounds),
    counted('round_clients', 'What came of asking clients in rounds that ended.', outcomes),
  ];
}

function counted(name: string, help: string, counter: Counter): Metric {
  return { name: `gaitway_${name}_total`, help, type: 'counter', samples: counter.samples() };
}

function summary(name: string, help: string, { sum, count }: { readonly sum: number; readonly count: number }): Metric {
  return {
    name: `gaitway_${name}`,
    help,
    type: 'summary',
    samples: [
      { suffix: '_sum', value: sum },
      { suffix: '_count', value: count },
    ],
  };
}
