import { parseStudy, type Study } from '@gaitway/core';
import { minimalStudy, student, teacher, without } from '@gaitway/core/testing/studies';
import { largestTaskBytes, layoutDigests } from '@gaitway/protocol';
import { totalmem } from 'node:os';
import { describe, expect, it } from 'vitest';
import { studyTerms } from './explain-study.js';
import { defaultPolicy, lowestFloors, parsePolicy } from './site-policy.js';
import { memoryForRecordings } from './study-ceilings.js';
import { brokenPolicy, requireAllowed } from './study-floors.js';

const HUGE = Number.MAX_SAFE_INTEGER;
const studyDigest = 'a'.repeat(64);
const coordinator = Array(8).fill('0a1b').join('-');
const cohort = { target: 4, minimum: 3, quorum: 3 };

function studyWith(changes: object, ofStage: object = {}): Study {
  const stages = [teacher, { ...student, cohort, ...ofStage }];
  return parseStudy({ ...minimalStudy, stages, ...changes });
}

/** Bytes that this process may have, in a container too. */
const ALL_MEMORY = memoryForRecordings(studyWith({}), parsePolicy({ ceilings: { memory: 1 } }));
const broken = (study: Study, policy = defaultPolicy): readonly string[] =>
  brokenPolicy({ study, studyDigest, coordinator }, policy);
const { sensors } = minimalStudy;
const convolutions = (kernel: number): object => ({ model: { convolutions: [{ filters: 4, kernel }] } });

/** Without the epochs of the usual student. */
function studyOfSteps(count: number): Study {
  const counted = without(student, 'epochs');
  return studyWith({ stages: [teacher, { ...counted, cohort, steps: count }] });
}

describe('a study', () => {
  it('is allowed at the floors', () => {
    expect(broken(studyWith({}))).toEqual([]);
    expect(broken(studyWith(convolutions(200), { batch: 16 }))).toEqual([]);
    expect(broken(studyOfSteps(8))).toEqual([]);
  });

  it.each<[string, Study, string]>([
    [
      'a filter as long as the window',
      studyWith(convolutions(400)),
      'ceilings.kernel: expected filters over at most 200',
    ],
    ['a filter a little longer than half', studyWith(convolutions(201)), "of a window's 400 time steps, found 201"],
    [
      'one example a step',
      studyWith({}, { batch: 1 }),
      'floors.batch: expected training steps on at least 16 examples',
    ],
    [
      'a single step',
      studyOfSteps(1),
      'floors.steps: expected at least 8 training steps behind each update in stage "student", found 1',
    ],
    [
      'a round that counts with two',
      studyWith({}, { cohort: { ...cohort, quorum: 2 } }),
      'floors.cohort: expected updates of at least 3 clients',
    ],
    ['the default cohort', studyWith({}, { cohort: {} }), 'found a round that counts with 1'],
    [
      'a buffer of two',
      studyWith({}, { cohort: {}, buffer: { size: 2, concurrency: 3 } }),
      'found a round that counts with 2',
    ],
    [
      'a rate of a gigahertz',
      studyWith({ sensors: { ...sensors, rateHz: 1e9 } }),
      'ceilings.rateHz: expected recordings at no more than 1000 Hz',
    ],
    ['a rate of a megahertz', studyWith({ sensors: { ...sensors, rateHz: 1e6 } }), 'found 1000000 Hz'],
    [
      'a network larger than memory',
      studyWith({ model: { headUnits: { activity: 1e9 } } }),
      'ceilings.memory: expected a network that trains in',
    ],
    ['a batch larger than memory', studyWith({}, { batch: 1e9 }), 'ceilings.memory'],
  ])('is refused for %s', (_, study, sentence) => {
    const sentences = broken(study);
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toContain(sentence);
  });

  it('is refused where it asks more rounds, or more bytes, than a site wants', () => {
    const study = studyWith({}, { rounds: 12 });
    const limited = (ceilings: object): readonly string[] => broken(study, parsePolicy({ ceilings }));
    expect(limited({ rounds: 12 })).toEqual([]);
    expect(limited({ rounds: 11 })).toEqual(['ceilings.rounds: expected at most 11 rounds on clients, found 12']);
    // 12 rounds of a task with 386,506 own and 185,794 of the teacher's parameters, and an answer with 386,506, of 4
    // bytes each, and 65,536 bytes beside them in each message: 47,595,552 bytes.
    expect(limited({ megabytes: 47.6 })).toEqual([]);
    expect(limited({ megabytes: 47.5 })).toEqual([
      expect.stringMatching(
        /^ceilings\.megabytes: expected at most 47\.5 MB to travel, found up to 48 MB in 12 rounds$/,
      ),
    ]);
  });

  it('is refused where it has no privacy budget as small as a site wants', () => {
    const budget = { unit: 'person', epsilon: 8, delta: 1e-5, clients: 100 };
    const noise = { clip: 1, noiseMultiplier: 1, sampling: 0.1 };
    const study = studyWith({ privacy: budget }, { privacy: noise, cohort: {} });
    const limited = (judged: typeof study, epsilon: number): readonly string[] =>
      broken(judged, parsePolicy({ ceilings: { epsilon } }));
    expect(limited(study, 8)).toEqual([]);
    expect(limited(study, 7)).toEqual([
      'ceilings.epsilon: expected a privacy budget of at most 7, found epsilon 8 at delta 0.00001',
    ]);
    expect(limited(studyWith({}), 7)).toEqual([
      'ceilings.epsilon: expected a privacy budget of at most 7, found a study without one',
    ]);
    // Ten clients of a hundred are asked on average.
    expect(broken(study, parsePolicy({ floors: { cohort: 10 } }))).toEqual([]);
    expect(broken(study, parsePolicy({ floors: { cohort: 11 } }))[0]).toContain(
      'floors.cohort: expected updates of at least 11',
    );
  });

  it('is refused where its noise does not keep its own budget, under every policy', () => {
    // One round of a Gaussian mechanism with sigma 1: epsilon 4.378 at delta 1e-5 (Balle and Wang 2018, exact).
    const central = { clip: 1, noiseMultiplier: 1, sampling: 1 };
    const local = { ...central, noise: 'local' };
    const claimed = (epsilon: number, delta: number, privacy: object): Study =>
      studyWith({ privacy: { unit: 'person', epsilon, delta, clients: 3 } }, { privacy, cohort: {}, rounds: 1 }); // prettier-ignore
    const contradiction =
      "privacy: expected rounds that stay within the study's own budget of epsilon 4.3 at delta 0.00001, found rounds that come to epsilon 4.38";
    expect(broken(claimed(4.3, 1e-5, central), lowestFloors)).toEqual([contradiction]);
    expect(broken(claimed(4.4, 1e-5, central), lowestFloors)).toEqual([]);
    // Local noise hides one update behind another: sigma counts half.
    expect(broken(claimed(4.4, 1e-5, local), lowestFloors)[0]).toContain('found rounds that come to epsilon');
    expect(broken(claimed(0.01, 0.5, { ...local, noiseMultiplier: 1e-3 }), lowestFloors)[0]).toContain(
      'found rounds that come to',
    );
  });

  it('cannot hide behind a large delta from the epsilon that a site permits', () => {
    const noise = { privacy: { clip: 1, noiseMultiplier: 1, sampling: 1 }, cohort: {}, rounds: 1 };
    // With sigma 1, delta is 0.352 at epsilon 0.1, and epsilon 3.139 at delta 0.001 (Balle and Wang 2018, exact).
    const loose = studyWith({ privacy: { unit: 'client', epsilon: 0.1, delta: 0.39, clients: 2 } }, noise);
    expect(broken(loose, parsePolicy({ ceilings: { epsilon: 1 } }))).toContain(
      'ceilings.epsilon: expected a privacy budget of at most 1, found epsilon 0.1 at delta 0.39, which is epsilon 3.14 at delta 0.001',
    );
    expect(broken(loose, parsePolicy({ ceilings: { epsilon: 4 } })).join()).not.toContain('ceilings.epsilon');
  });

  it.each<[string, object, object]>([
    ['filters', { model: { convolutions: [{ filters: HUGE, kernel: 4 }] } }, {}],
    [
      'filters of a layer in between',
      { model: { convolutions: [1e6, 4].map((filters) => ({ filters, kernel: 1 })) } },
      {},
    ],
    ['units of the head of activities', { model: { headUnits: { activity: HUGE } } }, {}],
    ['examples in a batch', {}, { batch: HUGE }],
    [
      'windows that are labelled at once by filters that a small batch has room for',
      {
        model: {
          convolutions: [{ filters: Math.ceil(ALL_MEMORY / (400 * 4 * 150)), kernel: 1 }],
          headUnits: { activity: 1, transformation: 1 },
        },
      },
      { batch: 16 },
    ],
  ])('is refused for its memory, before it takes any, for very many %s', async (_, changes, ofStage) => {
    const study = studyWith(changes, ofStage);
    expect(broken(study)).toEqual([
      expect.stringMatching(/^ceilings\.memory: expected a network that trains in \d+ MB/),
    ]);
    await layoutDigests(study); // a client computes them before it looks at its policy
  });

  it.each<[string, object, object]>([
    ['rounds', {}, { rounds: HUGE }],
    ['clients', {}, { cohort: { ...cohort, target: HUGE } }],
    ['epochs', {}, { epochs: HUGE }],
    ['accepted windows', {}, { selection: { kind: 'confident', maximumPerClass: HUGE } }],
    ['time steps between two windows', { sensors: { ...sensors, step: HUGE } }, {}],
    ['seeds', { seed: HUGE }, {}],
  ])('takes no memory for very many %s', async (_, changes, ofStage) => {
    const study = studyWith(changes, ofStage);
    expect(broken(study)).toEqual([]);
    await layoutDigests(study);
    expect(largestTaskBytes(study)).toBeLessThan(1e8);
  });

  it('that would give its windows away is refused with each floor that it breaks', () => {
    const counted = without(student, 'epochs');
    const thief = { ...counted, objective: 'self-har', cohort: {}, batch: 1, steps: 1, optimizer: { kind: 'sgd' } };
    const study = studyWith({ ...convolutions(400), stages: [teacher, thief] });
    expect(() => {
      requireAllowed({ study, studyDigest, coordinator }, defaultPolicy);
    }).toThrow(
      /^This client does not take part in the study "first-study", .*\n- floors.cohort.*\n- floors.batch.*\n- floors.steps.*\n- ceilings.kernel.*\nNo recording was read/,
    );
  });

  it('is allowed by a policy with lower floors', () => {
    expect(broken(studyWith(convolutions(400), { batch: 1, cohort: {} }), lowestFloors)).toEqual([]);
  });

  it('is refused unless its digest is on the list, where there is one', () => {
    expect(broken(studyWith({}), parsePolicy({ studies: [studyDigest] }))).toEqual([]);
    expect(broken(studyWith({}), parsePolicy({ studies: ['b'.repeat(64)] }))).toEqual([
      `studies: expected one of the 1 that the policy lists, found the study ${studyDigest}`,
    ]);
  });

  it('is refused unless its coordinator is on the list, where there is one', () => {
    expect(broken(studyWith({}), parsePolicy({ coordinators: [coordinator] }))).toEqual([]);
    expect(broken(studyWith({}), parsePolicy({ coordinators: [coordinator.replace('0', '9')] }))).toEqual([
      `coordinators: expected one of the 1 that the policy lists, found a coordinator with the key ${coordinator}`,
    ]);
    expect(() => parsePolicy({ coordinators: [coordinator.replaceAll('-', '')] })).toThrow('eight groups of four');
  });

  it('is refused without the masks and the noise that a site requires, and says what it has', () => {
    const requiring = parsePolicy({ requires: ['secureAggregation', 'noise'] });
    expect(broken(studyWith({}), requiring)).toEqual([
      'requires: expected updates that are masked in stage "student", found updates that the coordinator can read',
      'requires: expected noise that this client adds itself in stage "student", found none',
    ]);
    const privacy = { unit: 'client', epsilon: 9, delta: 1e-5, clients: 10 };
    const noise = { clip: 0.5, noiseMultiplier: 2, sampling: 1, noise: 'distributed' };
    const protectedStage = { privacy: noise, secureAggregation: {}, cohort: { minimum: 10, quorum: 10 } };
    const study = studyWith({ privacy, people: { test: [1], labelled: [2] } }, protectedStage);
    expect(broken(study, requiring)).toEqual([]);
    const { leaves, protection } = studyTerms(study, requiring);
    expect(leaves.join()).toContain('its masked changes');
    expect(leaves.join()).not.toMatch(/loss|of each activity|nothing to send/);
    expect(protection.join(' ')).toMatch(
      /Your changes are masked: .*Your own machine limits your changes and adds noise/,
    );
    expect(studyTerms(studyWith({}), requiring).protection.join()).toContain('They are not masked.');
  });

  it('leaves the rest of the memory to the recordings', () => {
    const all = memoryForRecordings(studyWith({}), parsePolicy({ ceilings: { memory: 1 } }));
    expect(all).toBeGreaterThan(0);
    expect(all).toBeLessThan(totalmem());
    expect(memoryForRecordings(studyWith({}, { batch: 1e9 }), defaultPolicy)).toBe(0);
  });
});
