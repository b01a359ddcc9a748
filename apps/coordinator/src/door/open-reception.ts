/** What all connections of a study share, as it is when the study opens. */

import { randomUUID } from 'node:crypto';
import type { Digest, Normalisation, Study } from '@gaitway/core';
import { layoutDigests, type Goodbye, type Refusal } from '@gaitway/protocol';
import { createAllowances } from '../limits/allowance.js';
import type { CoordinatorEvent } from './coordinator-event.js';
import { createFarewell } from './farewell.js';
import { maximumMessageBytes } from '../limits/message-limit.js';
import type { Reception } from './reception.js';
import { createRoster } from '../fleet/roster.js';
import type { ServiceLimits } from '../limits/service-limits.js';
import { createTally } from '../metrics/tally.js';
import { taskPacker } from '../fleet/task-frames.js';
import { trafficMeter } from '../metrics/traffic.js';
import { createUploadRoom } from './upload-room.js';

/** Of which study a door is, and how much it lets through. */
export interface DoorPlan {
  readonly study: Study;
  readonly studyDigest: Digest;
  /** `null` in a study where each site normalises by its own statistics. */
  readonly normalisation: Normalisation | null;
  readonly limits: ServiceLimits;
}

export interface ReceptionOptions extends DoorPlan {
  readonly goodbye: () => Goodbye | Refusal | undefined;
  readonly onEvent: (event: CoordinatorEvent) => void;
}

export async function openReception(options: ReceptionOptions): Promise<Reception> {
  const { study, studyDigest, normalisation, limits, goodbye, onEvent } = options;
  const now = (): number => performance.now();
  const tally = createTally(now);
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
    uploads: createUploadRoom(limits, () => {
      tally.resumed();
    }),
    hellos: createAllowances(limits.hellos, now),
    now,
    framesOf: taskPacker(),
    newSession: randomUUID,
    goodbye,
    onEvent,
  };
}
