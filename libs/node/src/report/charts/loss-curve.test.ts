import { describe, expect, it } from 'vitest';
import { countOf } from '../../testing/page-checks.js';
import { sampleEpochs } from '../../testing/sample-pipeline.js';
import { without } from '../../testing/without.js';
import { lossCurve, rateChanges } from './loss-curve.js';

const draw = (epochs: Parameters<typeof lossCurve>[0]['epochs'], bestEpoch = 1): string =>
  lossCurve({ id: 'l', title: 'Losses', epochs, bestEpoch }).safe;

/** Heights of a line's points, from the first epoch on; a greater one is lower on the page. */
function heightsOf(drawn: string, line: string): readonly number[] {
  const [, path] = new RegExp(`<g class="${line}"><path class="line" d="M([^"]+)"`).exec(drawn)!;
  return path!.split('L').map((point) => Number(point.split(' ')[1]));
}

describe('a loss curve', () => {
  it('puts both losses on one axis that begins at 0 where the losses come near it', () => {
    const drawn = draw([
      { epoch: 1, learningRate: 0.1, trainingLoss: 2, validationLoss: 1 },
      { epoch: 2, learningRate: 0.1, trainingLoss: 1, validationLoss: 0 },
    ]);
    // From 2 at the top (26) to 0 at the bottom (216).
    expect(heightsOf(drawn, 'training')).toEqual([26, 121]);
    expect(heightsOf(drawn, 'validation')).toEqual([121, 216]);
    expect(countOf(drawn, /<title>epoch \d: training loss [12]\.000<\/title>/g)).toBe(2);
  });

  it('rings the best epoch, and draws a line where the learning rate changes', () => {
    const drawn = draw(sampleEpochs('halved'), 18);
    expect(drawn).toContain('<title>best epoch 18: 0.950</title>');
    expect(countOf(drawn, /class="rate-change"/g)).toBe(1);
    expect(drawn).toContain('<title>learning rate 0.00015 from epoch 16 on</title>');
    expect(drawn).toContain(
      'training loss from 2.000 to 1.050; validation loss from 1.800 to 0.980; best epoch 18 of 20; learning rate 0.00015 from epoch 16 on.',
    );
  });

  it('is there for one epoch, and without windows to validate on', () => {
    const drawn = draw([{ epoch: 1, learningRate: 0.1, trainingLoss: 1.5 }]);
    expect(drawn).toContain('training loss 1.500; best epoch 1 of 1.');
    expect(drawn).not.toMatch(/NaN|Infinity|validation/);
    const unvalidated = draw(
      sampleEpochs().map((epoch) => without(epoch, 'validationLoss')),
      20,
    );
    expect(unvalidated).toContain('<title>best epoch 20: 1.050</title>');
  });

  it('leaves out marks and rates that would lie on each other', () => {
    const epochs = Array.from({ length: 300 }, (_, index) => ({
      epoch: index + 1,
      learningRate: 0.1 / (index + 1),
      trainingLoss: 1 + 1 / (index + 1),
    }));
    const drawn = draw(epochs, 300);
    expect(countOf(drawn, /class="mark"/g)).toBe(0);
    expect(countOf(drawn, /class="rate-change"/g)).toBe(299);
    expect(countOf(drawn, /y="16" text-anchor="middle"/g)).toBeLessThan(10);
  });
});

it('rate changes are the epochs whose rate is another than before', () => {
  expect(rateChanges(sampleEpochs('halved'))).toEqual([{ epoch: 16, rate: 0.00015 }]);
  expect(rateChanges(sampleEpochs())).toEqual([]);
});
