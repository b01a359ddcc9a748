import { createKeyPair } from '@gaitway/node';
import { describe, expect, it } from 'vitest';
import { noiseSource } from './noise-source.js';

const keys = createKeyPair();
const study = 'a'.repeat(64);
const place = { stage: 'student', round: 3 };
const steps = Float64Array.of(1, -2, 3);

function drawn(
  change: {
    readonly key?: string;
    readonly study?: string;
    readonly place?: object;
    readonly steps?: Float64Array;
  } = {},
): string {
  const source = noiseSource({ privateKey: change.key ?? keys.privateKey }, change.study ?? study);
  const fill = source({ ...place, ...change.place }, change.steps ?? steps);
  const bytes = new Uint8Array(40);
  fill(bytes.subarray(0, 15));
  fill(bytes.subarray(15));
  return Buffer.from(bytes).toString('hex');
}

describe('the noise of a client', () => {
  it('is the same for the same update of a round, however it is drawn, also after a restart', () => {
    const whole = new Uint8Array(40);
    noiseSource(keys, study)(place, steps.slice())(whole);
    expect(drawn()).toBe(Buffer.from(whole).toString('hex'));
    expect(new Set(whole).size).toBeGreaterThan(20);
  });

  it.each([
    ['key', { key: createKeyPair().privateKey }],
    ['study', { study: 'b'.repeat(64) }],
    ['stage', { place: { stage: 'other' } }],
    ['round', { place: { round: 4 } }],
    ['update', { steps: Float64Array.of(1, -2, 4) }],
  ])('is another one with another %s', (_, change) => {
    expect(drawn(change)).not.toBe(drawn());
  });
});
