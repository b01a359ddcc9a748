/** What all connections of a study share, as it is when the study opens. */

import { randomUUID } from 'node:crypto';
import type { Digest, Normalisation, Study } from '@gaitway/core';
import { layoutDigests, type Goodbye } from '@gaitway/protocol';
import { createAllowances } from './allowance.js';
import type { CoordinatorEvent } from './coordinator-event.js';
import { maximumMessageBytes } from './message-limit.js';
import type { Reception } from './reception.js';
import { createRoster } from './roster.js';
import type { ServiceLimits } from './service-limits.js';
import { createTally } from './tally.js';
import { taskPacker } from './task-frames.js';
import { trafficMeter } from './traffic.js';
import { createUploadRoom } from './upload-room.js';

export interface ReceptionOptions {
  readonly study: Study;
  readonly studyDigest: Digest;
  readonly normalisation: Normalisation | null;
  readonly limits: ServiceLimits;
  readonly goodbye: () => Goodbye | undefined;
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
