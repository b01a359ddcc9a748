/** A service for a study with the published network, which clients of the test can join; its stage on clients is `echo`. */

import { serveStudy, type HostAddress, type StudyService } from '@gaitway/coordinator';
import { parseStudy, studyDigest } from '@gaitway/core';
import { minimalStudy, student, teacher } from '@gaitway/core/testing/studies';
import { onTestFinished } from 'vitest';

const study = parseStudy({
  ...minimalStudy,
  stages: [teacher, { ...student, name: 'echo', from: 'teacher', teacher: 'newest' }],
});

/** The service is closed at the end of the test. */
export async function openPublishedService(address: Partial<HostAddress> = {}): Promise<StudyService> {
  const service = await serveStudy({
    study,
    studyDigest: await studyDigest(study),
    normalisation: null,
    host: '127.0.0.1',
    port: 0,
    ...address,
    onEvent: () => undefined,
  });
  onTestFinished(() => service[Symbol.asyncDispose]());
  return service;
}
