import {
  createRng,
  inMemoryFleet,
  parseStudy,
  runStudy,
  type Fleet,
  type Participant,
  type RoundReport,
  type Study,
  type StudyResult,
} from '@gaitway/core';
import { digestBytes, type Digest } from '@gaitway/core/internal';
import { layoutOf } from '@gaitway/core/model';
import { stagePlans } from '@gaitway/core/study';
import { fleetContract } from '@gaitway/core/contracts/fleet';
import { contractParticipant } from '@gaitway/core/testing/contract-participant';
import { handMade } from '@gaitway/core/testing/hand-made';
import { contractStudy, minimalStudy, student, teacher, tiny } from '@gaitway/core/testing/studies';
import { describe, expect, it } from 'vitest';
import { federate } from './testing/federate.js';

const never = new AbortController().signal;
const smallStudy = parseStudy({
  ...minimalStudy,
  ...tiny,
  stages: [teacher, { ...student, transformations: ['negate'] }],
});

fleetContract(
  'clients over sockets',
  async (names) => {
    const federation = await federate(contractStudy, new Map(names.map((name) => [name, contractParticipant])));
    return {
      fleet: federation.service.fleet,
      close: async () => {
        await federation[Symbol.asyncDispose]();
      },
    };
  },
  { evaluates: false },
);

/** A participant that changes each parameter a little, depending on its name, the task and the teacher. */
function drifting(client: string): Participant {
  return handMade(({ stage, round, parameters, teacher: labeller }) => {
    const rng = createRng(client).fork(stage, round);
    const bias = labeller ? (labeller.parameters[0] ?? 0) : 0;
    const examples = 1 + rng.integer(50);
    return {
      kind: 'train',
      stage,
      round,
      delta: parameters.map((value) => 0.01 * (rng.uniform() + bias - value)),
      examples,
      summary: { windows: examples, loss: rng.uniform() },
    };
  });
}

async function runOver(fleet: Fleet, study: Study): Promise<{ reports: readonly RoundReport[]; result: StudyResult }> {
  const running = runStudy(study, { fleet, coordinator: drifting('home'), signal: never });
  const reports: RoundReport[] = [];
  for (;;) {
    const next = await running.next();
    if (next.done === true) {
      return { reports, result: next.value };
    }
    reports.push(next.value);
  }
}

/** Digests of the parameters after each round. A matcher would take seconds for the parameters themselves. */
async function digestsOver(fleet: Fleet, study: Study): Promise<readonly Digest[]> {
  const { reports } = await runOver(fleet, study);
  return Promise.all(reports.map(({ parameters }) => digestBytes(parameters)));
}

describe('a study over sockets', () => {
  const clients = new Map(['ann', 'ben', 'cid'].map((client) => [client, drifting(client)]));

  it('comes to the same bits as in one program', async () => {
    await using federation = await federate(smallStudy, clients);
    await federation.service.fleet.waitForClients(3, never);
    const overSockets = await runOver(federation.service.fleet, smallStudy);
    expect(overSockets).toEqual(await runOver(inMemoryFleet(clients), smallStudy));
    expect(overSockets.reports.map(({ stage, phase }) => [stage, phase])).toEqual([
      ['teacher', 'completed'],
      ['student', 'completed'],
      ['student', 'completed'],
    ]);
  });

  it('carries the networks of SelfHAR at their full size', async () => {
    const study = parseStudy({ ...minimalStudy, stages: [teacher, { ...student, rounds: 1 }] });
    expect(stagePlans(study).map(({ network }) => layoutOf(network).size)).toEqual([185_794, 386_506]);
    await using federation = await federate(study, clients);
    await federation.service.fleet.waitForClients(3, never);
    const digests = await digestsOver(federation.service.fleet, study);
    expect(digests).toEqual(await digestsOver(inMemoryFleet(clients), study));
    expect(digests).toHaveLength(2);
    // Two of three clients: the student and its teacher down, the student up.
    const { bytesDown, bytesUp } = federation.service.traffic();
    expect(bytesDown / (2 * 4 * (386_506 + 185_794))).toBeCloseTo(1, 2);
    expect(bytesUp / (2 * 4 * 386_506)).toBeCloseTo(1, 2);
  });
});
