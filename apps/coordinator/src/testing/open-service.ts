/** A service of a small study on this machine, and the events of its connections. */

import { parseStudy, studyDigest, type Study } from '@gaitway/core';
import { minimalStudy, tiny } from '@gaitway/core/testing/studies';
import { transientCoordinatorKeys, type CoordinatorKeys } from '@gaitway/node';
import { onTestFinished } from 'vitest';
import type { CoordinatorEvent } from '../connections/coordinator-event.js';
import { systemClock, type Clock } from '../limits/clock.js';
import { defaultLimits, type ServiceLimits } from '../limits/service-limits.js';
import { serveStudy, type StudyService } from '../host/serve-study.js';

export const smallStudy: Study = parseStudy({ ...minimalStudy, ...tiny, stages: 'supervised' });

export interface ServiceUnderTest extends StudyService {
  readonly events: readonly CoordinatorEvent[];
  /** Resolves with the first event of that kind, also if it was before. */
  event(kind: CoordinatorEvent['kind']): Promise<CoordinatorEvent>;
}

/** Opens a service that the end of the test closes. */
export async function openService(
  study: Study = smallStudy,
  limits: Partial<ServiceLimits> = {},
  clock: Clock = systemClock,
  keys: CoordinatorKeys = transientCoordinatorKeys(),
): Promise<ServiceUnderTest> {
  const events: CoordinatorEvent[] = [];
  let wake = (): void => undefined;
  const service = await serveStudy({
    study,
    studyDigest: await studyDigest(study),
    normalisation: { mean: [0.5], standardDeviation: [2] },
    host: '127.0.0.1',
    port: 0,
    limits: { ...defaultLimits, returnSeconds: 0, ...limits },
    clock,
    keys,
    onEvent: (event) => {
      events.push(event);
      wake();
    },
  });
  onTestFinished(() => service[Symbol.asyncDispose]());
  const event = async (kind: CoordinatorEvent['kind']): Promise<CoordinatorEvent> => {
    for (;;) {
      const found = events.find((candidate) => candidate.kind === kind);
      if (found) {
        return found;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { ...service, events, event };
}
