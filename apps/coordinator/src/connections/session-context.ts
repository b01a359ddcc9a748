/** What the sessions of all clients of a study share. */

import type { Study, Task } from '@gaitway/core';
import type { Normalisation } from '@gaitway/core/inputs';
import type { Digest } from '@gaitway/core/internal';
import { largestAnswerBytes, layoutDigests, type Goodbye, type Refusal, type Welcome } from '@gaitway/protocol';
import type { CoordinatorKeys, Traffic } from '@gaitway/node';
import { createClientRegistry, type ClientRegistry } from '../fleet/client-registry.js';
import { silentClients, type SilentClients } from '../fleet/silent-clients.js';
import { type EncodedTask, taskEncoder } from '../fleet/task-encoder.js';
import type { Clock } from '../limits/clock.js';
import type { ServiceLimits } from '../limits/service-limits.js';
import { createTokenBuckets, type TokenBuckets } from '../limits/connection-limiter.js';
import { createServiceCounters, type ServiceCounters } from '../metrics/service-counters.js';
import { createConnectionDrain, type ConnectionDrain } from './connection-drain.js';
import type { CoordinatorEvent } from './coordinator-event.js';
import { createUploadBudget, type UploadBudget } from './upload-budget.js';

/** Counts the bytes of all messages to the clients (down) and from them (up). */
interface TrafficMeter {
  down(bytes: number): void;
  up(bytes: number): void;
  read(): Traffic;
}

export interface SessionContext {
  readonly study: StudyFacts;
  readonly keys: CoordinatorKeys;
  readonly clients: ClientRegistry;
  readonly silent: SilentClients;
  readonly drain: ConnectionDrain;
  readonly uploads: UploadBudget;
  /** Limits how often a client comes, by its name, which it has proved to be its own. */
  readonly hellos: TokenBuckets;
  readonly counters: ServiceCounters;
  readonly traffic: TrafficMeter;
  readonly limits: ServiceLimits;
  readonly clock: Clock;
  readonly onEvent: (event: CoordinatorEvent) => void;
}

/** What both sides must agree on. */
export interface StudyIdentity {
  readonly studyDigest: Digest;
  /** The digest of the layout of each stage's parameters, by stage. */
  readonly layoutDigests: Readonly<Record<string, Digest>>;
}

/** What sessions need to know about the study. */
export interface StudyFacts {
  readonly identity: StudyIdentity;
  readonly welcome: Welcome;
  /** The largest message that a client has reason to send, in bytes. */
  readonly maximumMessageBytes: number;
  readonly encodeTask: (task: Task) => EncodedTask;
  /** The answer to every hello once the study is over, or where there is no study; undefined before. */
  readonly closingMessage: () => Goodbye | Refusal | undefined;
}

/** A study to be served, and the limits of its service. */
export interface EndpointPlan {
  readonly study: Study;
  readonly studyDigest: Digest;
  /** `null` in a study where each site normalises by its own statistics. */
  readonly normalisation: Normalisation | null;
  readonly keys: CoordinatorKeys;
  readonly limits: ServiceLimits;
  readonly clock: Clock;
}

export interface SessionContextOptions extends EndpointPlan {
  readonly closingMessage: () => Goodbye | Refusal | undefined;
  readonly onEvent: (event: CoordinatorEvent) => void;
}

/** Makes the context of a study that has no clients yet. */
export async function createSessionContext(options: SessionContextOptions): Promise<SessionContext> {
  const { study, studyDigest, normalisation, keys, limits, clock, closingMessage, onEvent } = options;
  const counters = createServiceCounters(clock.now);
  return {
    study: {
      identity: { studyDigest, layoutDigests: await layoutDigests(study) },
      // Goes through JSON, as a frozen study is read from a file: fields that are undefined are left out.
      welcome: { kind: 'welcome', study: JSON.parse(JSON.stringify(study)) as unknown, studyDigest, normalisation },
      maximumMessageBytes: largestAnswerBytes(study),
      encodeTask: taskEncoder(),
      closingMessage,
    },
    keys,
    clients: createClientRegistry(),
    silent: silentClients(clock.now),
    drain: createConnectionDrain(),
    uploads: createUploadBudget(limits, clock, () => {
      counters.resumed();
    }),
    hellos: createTokenBuckets(limits.hellos, clock.now),
    counters,
    traffic: trafficMeter(),
    limits,
    clock,
    onEvent,
  };
}

function trafficMeter(): TrafficMeter {
  let bytesDown = 0;
  let bytesUp = 0;
  return {
    down: (bytes) => {
      bytesDown += bytes;
    },
    up: (bytes) => {
      bytesUp += bytes;
    },
    read: () => ({ bytesDown, bytesUp }),
  };
}
