/** The study of the demo: the preset `few-people` at a size that takes about a minute on two cores. */

import { parseStudy, type Stage, type Study } from '@gaitway/core';

/** The roles of the people in a demo. */
export interface DemoPeople {
  readonly test: readonly string[];
  readonly labelled: readonly string[];
  /** The people of each client, keyed by its name. */
  readonly clients: ReadonlyMap<string, readonly string[]>;
}

export interface DemoPlan {
  readonly seed: number;
  readonly activities: readonly string[];
  readonly people: DemoPeople;
}

const RATE_HZ = 25;
const WINDOW_SECONDS = 8;
const CLIENTS = 4;
const LABELLED = 2;
/** A third of the people are held out, so that the figures do not depend on one or two of them. */
const TEST_SHARE = 1 / 3;
/** At most half as wide as the published network, which trains several times as fast. */
const model = {
  convolutions: [
    { filters: 16, kernel: 24 },
    { filters: 32, kernel: 16 },
    { filters: 48, kernel: 8 },
  ],
  headUnits: { activity: 128, transformation: 32 },
};
const lengths = { teacher: { steps: 300 }, student: { rounds: 8 } };

/** @throws InvalidInput for activities or people that are invalid for a study. */
export function demoStudy({ seed, activities, people }: DemoPlan): Study {
  const study = parseStudy(
    {
      name: 'demo',
      seed,
      activities,
      sensors: {
        channels: ['x', 'y', 'z'],
        rateHz: RATE_HZ,
        window: RATE_HZ * WINDOW_SECONDS,
        step: (RATE_HZ * WINDOW_SECONDS) / 2,
        derived: ['magnitude', 'vertical', 'horizontal'],
        normalisation: 'axes',
      },
      model,
      people: { test: people.test, labelled: people.labelled, clients: Object.fromEntries(people.clients) },
      stages: 'few-people',
    },
    'demo',
  );
  return parseStudy({ ...study, stages: study.stages.map((stage) => shortened(stage, people.clients.size)) }, 'demo');
}

/** Rounds wait for every client, so that each demo with the same seed has the same figures. */
function shortened(stage: Stage, clients: number): Stage {
  return stage.where === 'clients'
    ? { ...stage, ...lengths.student, cohort: { target: 'all', minimum: clients, quorum: clients } }
    : { ...stage, ...lengths.teacher };
}

/**
 * Assigns the roles: the first third is held out, the next two people are labelled, the others are spread over four
 * clients.
 */
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
