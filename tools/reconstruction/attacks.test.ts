/** Each attack on real updates of the product's participant, small enough for seconds. */

import { createRng } from '@gaitway/core';
import { loadBackend } from '@gaitway/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { inversionAttack, inversionSetting } from './gradient-inversion.js';
import { imprintAttack, imprintSetting } from './imprint.js';
import { inputsOf, peopleOf, syntheticRecordings } from './people.js';
import { refusalOf } from './policy-floors.js';
import { runAttack } from './run-attack.js';
import { hostileStudy } from './setting.js';
import { verbatimAttack, verbatimSetting } from './verbatim.js';

const held = 60;
const study = hostileStudy(verbatimSetting);
const people = peopleOf(study, syntheticRecordings(study, held, createRng(1)), held);
const rng = createRng(2);

beforeAll(async () => {
  await loadBackend('wasm');
});

it('returns each window verbatim, where one step learns from one window with a kernel as long', async () => {
  const [result] = await runAttack(verbatimAttack(), people, 10, rng);
  const { reconstructions, match, control, memorised, refused } = result!;
  expect(reconstructions).toBe(40);
  expect(match?.low).toBeGreaterThan(0.999);
  expect(control?.high).toBeLessThan(0.9);
  expect(memorised?.low).toBeGreaterThan(0);
  expect(refused).toContain('expected kernels of at most 16 time steps, found 32');
});

describe('crafted parameters', () => {
  const known = inputsOf(people.known);

  it('give away half windows in spite of every floor', async () => {
    const setting = imprintSetting({ steps: 8, batch: 16 }, 16, 128);
    expect(refusalOf(setting, held)).toBeUndefined();
    const [result] = await runAttack(imprintAttack(setting, known, rng), people, 1, rng);
    expect(result?.verbatim).toBeGreaterThan(0);
    expect(result?.control?.mean).toBeLessThan(0.9);
  });

  it('give away most windows of a batch, one by one', async () => {
    const setting = imprintSetting({ steps: 1, batch: 8 }, 16, 128);
    const [result] = await runAttack(imprintAttack(setting, known, rng), people, 16, rng);
    expect(result?.reconstructions).toBeGreaterThan(4 * 8);
    expect(result?.verbatim).toBeGreaterThan(4 * 8);
  });
});

it('finds windows by their gradient, where one step learns from one window', async () => {
  const search = { iterations: 150, stepSize: 0.1, smoothness: 0.05 };
  const attack = inversionAttack(inversionSetting({ steps: 1, batch: 1 }), search, rng);
  const [, shifted] = await runAttack(attack, people, 10, rng);
  expect(shifted?.length).toBe(24);
  expect(shifted?.difference?.low).toBeGreaterThan(0);
});
