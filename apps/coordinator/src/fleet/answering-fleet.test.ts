import { parseStudy, runStudy, type RoundReport, type TrainTask } from '@gaitway/core';
import { changeBy, handMade } from '@gaitway/core/testing/hand-made';
import { handTimer } from '@gaitway/core/testing/hand-timer';
import { minimalStudy, tiny } from '@gaitway/core/testing/studies';
import { expect, it } from 'vitest';
import { joinBare, type BareClient } from '../testing/bare-client.js';
import { manualClock } from '../testing/manual-clock.js';
import { openService } from '../testing/open-service.js';

const study = parseStudy({
  ...minimalStudy,
  ...tiny,
  people: { test: ['t'], labelled: ['l'] },
  stages: [
    {
      name: 'student',
      where: 'clients',
      objective: 'supervised',
      rounds: 6,
      steps: 1,
      cohort: { minimum: 1, quorum: 1, deadline: 60 },
    },
  ],
});

async function answerNext(client: BareClient): Promise<void> {
  const { id, task } = await client.hearTask();
  client.say({ kind: 'answer', id, reply: changeBy(1, 1)(task as TrainTask) });
}

it('a client that joins and never answers is not asked after three rounds, and later once more', async () => {
  const clock = manualClock();
  const timer = handTimer();
  const service = await openService(study, { expiredTasks: 3, asideSeconds: 600 }, clock);
  const [ann, ghost] = [await joinBare(service.url, study, 'ann'), await joinBare(service.url, study, 'ghost')];
  const { signal } = new AbortController();
  const rounds = runStudy(study, { fleet: service.fleet, coordinator: handMade(changeBy(1, 1)), timer, signal });
  const next = async (): Promise<readonly string[]> => {
    const { value } = (await rounds.next()) as { readonly value: RoundReport };
    return value.clients.map(({ client, outcome }) => `${client} ${outcome}`);
  };
  const held = async (): Promise<readonly string[]> => {
    const round = next();
    await ghost.hearTask();
    await answerNext(ann);
    while (
      (await (await fetch(`${service.url}/metrics`)).text()).match(/outcome="accepted"\} (\d+)/)?.[1] !==
      String(++accepted)
    ) {
      accepted--;
    }
    timer.fire();
    await ghost.hear('cancel');
    return round;
  };
  let accepted = 0;
  for (let round = 1; round <= 3; round++) {
    expect(await held()).toEqual(['ann answered', 'ghost late']);
  }
  expect(await service.event('unavailable')).toEqual({
    kind: 'unavailable',
    client: 'ghost',
    reason: 'it has never answered, and is not asked for 600 seconds',
  });
  expect(service.fleet.available()).toEqual(['ann']);
  const fourth = next();
  await answerNext(ann);
  accepted++;
  expect(await fourth).toEqual(['ann answered']);
  clock.advance(600);
  expect(await held()).toEqual(['ann answered', 'ghost late']);
  clock.advance(1_199);
  expect(service.fleet.available()).toEqual(['ann']);
  clock.advance(1);
  expect(service.fleet.available()).toEqual(['ann', 'ghost']);
});
