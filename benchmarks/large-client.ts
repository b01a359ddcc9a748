/**
 * A separate process for the memory benchmark: a client with a hundred thousand windows answers one task of SelfHAR on
 * the backend that its argument names. Prints the peak memory of the process, in MiB.
 */

import {
  createParticipant,
  createRng,
  parseStudy,
  type SensorRecording,
  syntheticActivities,
  syntheticPeople,
} from '@gaitway/core';
import { digestBytes } from '@gaitway/core/internal';
import { initialParameters, layoutOf } from '@gaitway/core/model';
import { networkOf, prepareClientData, stagePlans } from '@gaitway/core/study';
import { loadBackend, parseBackendName } from '@gaitway/node';

const PEOPLE = 20;
const WINDOWS_PER_PERSON = 5_000;
const WINDOW = 400;
const STEP = 200;

const study = parseStudy({
  name: 'large-client',
  activities: syntheticActivities,
  sensors: { channels: ['x', 'y', 'z'], rateHz: 50, window: WINDOW, step: STEP },
  people: { test: ['a'], labelled: ['b'] },
  stages: [
    { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 1 },
    {
      name: 'student',
      where: 'clients',
      objective: 'self-har',
      teacher: 'teacher',
      rounds: 1,
      steps: 5,
      selection: { minimumConfidence: 0 }, // an untrained teacher has little confidence
    },
  ],
});

/**
 * Many hours of each person, made by repeating a minute of each activity, because generating all of it takes minutes.
 */
function hoursOfMotion(): readonly SensorRecording[] {
  const minutes = syntheticPeople({ people: PEOPLE, secondsPerActivity: 60, rateHz: 50 }, createRng(1));
  return Array.from({ length: PEOPLE }, (_, person): SensorRecording => {
    const own = minutes.slice(person * syntheticActivities.length, (person + 1) * syntheticActivities.length);
    const samples = new Float32Array(3 * ((WINDOWS_PER_PERSON - 1) * STEP + WINDOW));
    for (let first = 0, part = 0; first < samples.length; part++) {
      const minute = own[part % own.length]!.samples.subarray(0, samples.length - first);
      samples.set(minute, first);
      first += minute.length;
    }
    return { subject: own[0]!.subject, source: 'synthetic', sampleRateHz: 50, channels: ['x', 'y', 'z'], samples };
  });
}

await loadBackend(parseBackendName(process.argv[2] ?? '', 'backend'));
const participant = createParticipant({
  client: 'large',
  seed: study.seed,
  stages: stagePlans(study),
  data: prepareClientData(study, hoursOfMotion()),
});
const teacher = initialParameters(layoutOf(networkOf(study, 'teacher')), createRng(2));
const reply = await participant(
  {
    kind: 'train',
    stage: 'student',
    round: 1,
    parameters: initialParameters(layoutOf(networkOf(study, 'student')), createRng(3)),
    teacher: { digest: await digestBytes(teacher), parameters: teacher },
  },
  new AbortController().signal,
);
const windows = reply.kind === 'train' ? reply.summary.windows : 0;
if (windows !== PEOPLE * WINDOWS_PER_PERSON) {
  throw new Error(`Expected training over ${PEOPLE * WINDOWS_PER_PERSON} windows, found ${windows}`);
}
console.log(process.resourceUsage().maxRSS / 1024);
