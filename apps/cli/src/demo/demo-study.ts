/** The study of the demo: SelfHAR on a scale that takes about a minute on two cores. */

import { parseStudy, type Study } from '@gaitway/core';

/** Who does what in a demo. */
export interface DemoPeople {
  readonly test: readonly string[];
  readonly labelled: readonly string[];
  /** People of each client. */
  readonly clients: ReadonlyMap<string, readonly string[]>;
}

export interface DemoPlan {
  readonly seed: number;
  readonly activities: readonly string[];
  readonly people: DemoPeople;
}

const RATE_HZ = 20;
const WINDOW_SECONDS = 3.2;
const CLIENTS = 4;
const LABELLED = 2;
/** A third of the people are held out, so that the figures do not hang on one or two of them. */
const TEST_SHARE = 1 / 3;

/** @throws InvalidInput for activities or people with which no study is possible. */
export function demoStudy({ seed, activities, people }: DemoPlan): Study {
  return parseStudy(
    {
      name: 'demo',
      seed,
      activities,
      sensors: {
        channels: ['x', 'y', 'z'],
        rateHz: RATE_HZ,
        window: RATE_HZ * WINDOW_SECONDS,
        step: (RATE_HZ * WINDOW_SECONDS) / 2,
      },
      people: { test: people.test, labelled: people.labelled, clients: Object.fromEntries(people.clients) },
      stages: [
        { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 200 },
        {
          name: 'student',
          where: 'clients',
          objective: 'self-har',
          teacher: 'teacher',
          rounds: 5,
          steps: 35,
          optimizer: { learningRate: 0.001 },
          coordinatorTakesPart: true,
          cohort: { minimum: people.clients.size, quorum: people.clients.size },
        },
        {
          name: 'fine-tune',
          where: 'coordinator',
          objective: 'supervised',
          from: 'student',
          steps: 80,
          trainable: ['conv3', 'activity'],
        },
      ],
    },
    'demo',
  );
}

/** Divides people: the first third is held out, the next two are labelled, the others are spread over four clients. */
export function divideDemoPeople(everybody: readonly string[]): DemoPeople {
  const tested = Math.max(1, Math.floor(everybody.length * TEST_SHARE));
  const others = everybody.slice(tested + LABELLED);
  const count = Math.min(CLIENTS, others.length);
  const clients = Array.from({ length: count }, (_, client) => {
    const members = others.filter((_, index) => index % count === client);
    return [`site-${client + 1}`, members] as const;
  });
  return {
    test: everybody.slice(0, tested),
    labelled: everybody.slice(tested, tested + LABELLED),
    clients: new Map(clients),
  };
}
