import {
  createParticipant,
  createRng,
  inMemoryFleet,
  parseStudy,
  runStudy,
  type Fleet,
  type Participant,
} from '@gaitway/core';
import { digestBytes, type Digest } from '@gaitway/core/internal';
import { stagePlans } from '@gaitway/core/study';
import { useBackend } from '@gaitway/core/testing/backends';
import { threeKinds } from '@gaitway/core/testing/windows';
import { beforeAll, describe, expect, it } from 'vitest';
import { federate } from './testing/federate.js';

const names = ['ann', 'ben', 'cid'];

/** 5,040 of the student's 5,477 parameters belong to its core. The teacher has one head: 5,267. */
const study = parseStudy({
  name: 'patches',
  activities: ['slow', 'fast', 'none'],
  sensors: { channels: ['x', 'y'], rateHz: 1, window: 24, step: 24, normalisation: 'site' },
  model: {
    convolutions: [
      { filters: 24, kernel: 8 },
      { filters: 24, kernel: 8 },
    ],
    headUnits: { activity: 8, transformation: 4 },
  },
  people: { test: ['t'], labelled: ['l'], clients: names },
  stages: [
    { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 5, batch: 8 },
    {
      name: 'student',
      where: 'clients',
      objective: 'self-har',
      from: 'teacher',
      teacher: 'teacher',
      transformations: ['noise', 'negate'],
      trainable: 'heads',
      selection: { minimumConfidence: 0 },
      rounds: 3,
      steps: 2,
      batch: 8,
      cohort: { minimum: 3, quorum: 3 },
    },
  ],
});

/** Participants that actually label and train. */
function participant(client: string): Participant {
  const data =
    client === 'coordinator'
      ? { labelled: threeKinds(8, createRng('l'), 'labelled'), test: threeKinds(8, createRng('t'), 'labelled') }
      : { unlabelled: threeKinds(12, createRng(client), 'unlabelled') };
  return createParticipant({ client, seed: study.seed, stages: stagePlans(study), data });
}

interface RoundTrace {
  readonly parametersSha256: Digest;
  /** Number of bytes so far. */
  readonly bytesDown: number;
}

async function roundsOver(fleet: Fleet, bytesDown: () => number): Promise<readonly RoundTrace[]> {
  const rounds: RoundTrace[] = [];
  const context = { fleet, coordinator: participant('coordinator'), signal: new AbortController().signal };
  for await (const { parameters } of runStudy(study, context)) {
    rounds.push({ parametersSha256: await digestBytes(parameters), bytesDown: bytesDown() });
  }
  return rounds;
}

describe('a stage that trains only the heads', () => {
  beforeAll(() => useBackend('wasm'));

  it('sends the parameters once, then what is new in them, and comes to the same bits', async () => {
    const clients = new Map(names.map((name) => [name, participant(name)]));
    await using federation = await federate(study, clients);
    const { service } = federation;
    await service.fleet.waitForClients(names.length, new AbortController().signal);
    const rounds = await roundsOver(service.fleet, () => service.traffic().bytesDown);
    const inMemory = await roundsOver(inMemoryFleet(clients), () => 0);
    const digests = rounds.map(({ parametersSha256 }) => parametersSha256);
    expect(digests).toEqual(inMemory.map(({ parametersSha256 }) => parametersSha256));
    expect(new Set(digests).size).toBe(4); // each round has changed the heads

    const [first, ...later] = rounds.slice(1).map(({ bytesDown }, round) => bytesDown - rounds[round]!.bytesDown);
    const whole = 4 * (5_477 + 5_267);
    const heads = 4 * (5_477 - 5_040);
    const besides = 600; // digests, and what the fields of a task are called
    expect(first).toBeGreaterThan(3 * whole);
    expect(first).toBeLessThan(3 * (whole + besides));
    expect(later).toHaveLength(2);
    for (const bytes of later) {
      expect(bytes).toBeGreaterThan(0);
      expect(bytes).toBeLessThan(3 * ((5 / 4) * heads + 1 + besides)); // the place of the first head takes two bytes
    }
  });
});
