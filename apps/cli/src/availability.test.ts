import { joinStudy, lowestFloors, type JoinStudyOptions } from '@gaitway/client';
import { parseStudy, runStudy, studyDigest, type RoundReport } from '@gaitway/core';
import { changeBy, handMade } from '@gaitway/core/testing/hand-made';
import { minimalStudy, tiny } from '@gaitway/core/testing/studies';
import { serveStudy } from '@gaitway/coordinator';
import { expect, it, onTestFinished } from 'vitest';

const study = parseStudy({
  ...minimalStudy,
  ...tiny,
  people: { test: ['t'], labelled: ['l'] },
  stages: [{ name: 'student', where: 'clients', objective: 'supervised', epochs: 1, rounds: 3 }],
});

type Availability = NonNullable<JoinStudyOptions['availability']>;

/** The availability of a client, as controlled by a test. */
function switchable(): Availability & { set(hindrance: string | undefined): void } {
  const listeners = new Set<Parameters<Availability['onChange']>[0]>();
  let current: string | undefined = 'at work';
  return {
    current: () => current,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (hindrance) => {
      current = hindrance;
      listeners.forEach((listener) => {
        listener(hindrance);
      });
    },
    [Symbol.dispose]: () => undefined,
  };
}

it('a client that is not available is not asked over its socket, and then it is', async () => {
  const digest = await studyDigest(study);
  const address = { host: '127.0.0.1', port: 0 };
  const joined = new Set<string>();
  let wake = (): void => undefined;
  await using service = await serveStudy({
    study,
    studyDigest: digest,
    normalisation: null,
    ...address,
    onEvent: (event) => {
      if (event.kind === 'joined') {
        joined.add(event.client);
        wake();
      }
    },
  });
  const stop = new AbortController();
  onTestFinished(() => {
    stop.abort(new Error('it leaves'));
  });
  const ward = switchable();
  const participant = handMade(changeBy(0.5, 1));
  const prepare = () => Promise.resolve({ participant, [Symbol.asyncDispose]: () => Promise.resolve() });
  const member = { url: service.url, policy: lowestFloors, prepare, signal: stop.signal, onEvent: () => undefined };
  joinStudy({ ...member, client: 'ann' }).catch(() => undefined);
  joinStudy({ ...member, client: 'ward', availability: ward }).catch(() => undefined);
  while (joined.size < 2) {
    await new Promise<void>((resolve) => (wake = resolve));
  }
  const asked: string[][] = [];
  const context = { fleet: service.fleet, coordinator: participant, signal: stop.signal };
  for await (const { round, clients } of runStudy(study, context) as AsyncGenerator<RoundReport>) {
    asked.push(clients.map(({ client }) => client));
    if (round === 1) {
      ward.set(undefined);
      await service.fleet.waitForClients(2, stop.signal);
    }
  }
  expect(asked).toEqual([['ann'], ['ann', 'ward'], ['ann', 'ward']]);
});
