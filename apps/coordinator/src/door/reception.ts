/** What all connections of a study share. */

import { randomUUID } from 'node:crypto';
import type { Digest, Normalisation, Study, Task } from '@gaitway/core';
import { layoutDigests, type Goodbye, type Refusal, type Welcome } from '@gaitway/protocol';
import { createRoster, type Roster } from '../fleet/roster.js';
import { taskPacker, type TaskFrames } from '../fleet/task-frames.js';
import { createAllowances, type Allowances } from '../limits/allowance.js';
import type { Clock } from '../limits/clock.js';
import { maximumMessageBytes } from '../limits/message-limit.js';
import type { ServiceLimits } from '../limits/service-limits.js';
import { createTally, type Tally } from '../metrics/tally.js';
import { trafficMeter, type TrafficMeter } from '../metrics/traffic.js';
import type { CoordinatorEvent } from './coordinator-event.js';
import { createFarewell, type Farewell } from './farewell.js';
import type { StudyIdentity } from './handshake.js';
import { createUploadRoom, type UploadRoom } from './upload-room.js';

export interface Reception {
  readonly identity: StudyIdentity;
  readonly welcome: Omit<Welcome, 'session'>;
  readonly roster: Roster;
  readonly farewell: Farewell;
  readonly traffic: TrafficMeter;
  readonly tally: Tally;
  readonly limits: ServiceLimits;
  readonly maximumMessageBytes: number;
  readonly uploads: UploadRoom;
  /** Hellos, by client. */
  readonly hellos: Allowances;
  readonly clock: Clock;
  readonly framesOf: (task: Task) => TaskFrames;
  /** A session nobody can guess. */
  readonly newSession: () => string;
  /** What everybody is told who comes after the end, or who looks for another study. */
  readonly goodbye: () => Goodbye | Refusal | undefined;
  readonly onEvent: (event: CoordinatorEvent) => void;
}

/** Of which study a door is, and how much it lets through. */
export interface DoorPlan {
  readonly study: Study;
  readonly studyDigest: Digest;
  /** `null` in a study where each site normalises by its own statistics. */
  readonly normalisation: Normalisation | null;
  readonly limits: ServiceLimits;
  readonly clock: Clock;
}

export interface ReceptionOptions extends DoorPlan {
  readonly goodbye: () => Goodbye | Refusal | undefined;
  readonly onEvent: (event: CoordinatorEvent) => void;
}

/** As it is when the study opens. */
export async function openReception(options: ReceptionOptions): Promise<Reception> {
  const { study, studyDigest, normalisation, limits, clock, goodbye, onEvent } = options;
  const tally = createTally(clock.now);
  return {
    identity: { studyDigest, layoutDigests: await layoutDigests(study) },
    // Through JSON, as a frozen study would be read from a file: what is undefined does not travel.
    welcome: { kind: 'welcome', study: JSON.parse(JSON.stringify(study)) as unknown, studyDigest, normalisation },
    roster: createRoster(),
    farewell: createFarewell(),
    traffic: trafficMeter(),
    tally,
    limits,
    maximumMessageBytes: maximumMessageBytes(study),
    uploads: createUploadRoom(limits, clock, () => {
      tally.resumed();
    }),
    hellos: createAllowances(limits.hellos, clock.now),
    clock,
    framesOf: taskPacker(),
    newSession: randomUUID,
    goodbye,
    onEvent,
  };
}
