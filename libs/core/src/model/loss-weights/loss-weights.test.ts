import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../errors.js';
import type { ByHead } from '../network-spec.js';
import { dynamicAverageLossWeights, uncertaintyLossWeights } from './adaptive.js';
import { fixedLossWeights, scheduledLossWeights } from './scheduled.js';
import { createLossWeigher, type LossWeightRule } from './rule.js';

const heads = ['activity', 'transformations'];

/** The weights at the start and after each of the losses. */
function weightsAlong(rule: LossWeightRule, losses: readonly ByHead<number>[]): readonly ByHead<number>[] {
  let state = rule.init(heads);
  return [state.weights, ...losses.map((each) => (state = rule.next(state, each)).weights)];
}

function losses(activity: number, transformations: number): ByHead<number> {
  return { activity, transformations };
}

describe('fixed weights', () => {
  it('stay, and are 1 for the other heads', () => {
    const weights = { activity: 1, transformations: 0.5 };
    expect(weightsAlong(fixedLossWeights({ transformations: 0.5 }), [losses(3, 1), losses(2, 1)])).toEqual([
      weights,
      weights,
      weights,
    ]);
  });
});

describe('scheduled weights', () => {
  it('go in straight lines from point to point, and stay before and after them', () => {
    const rule = scheduledLossWeights({
      transformations: [
        { epoch: 2, weight: 1 },
        { epoch: 4, weight: 0.5 },
        { epoch: 5, weight: 2 },
      ],
    });
    const along = weightsAlong(rule, new Array<ByHead<number>>(6).fill(losses(1, 1)));
    expect(along.map(({ transformations }) => transformations)).toEqual([1, 1, 0.75, 0.5, 2, 2, 2]);
    expect(along.every(({ activity }) => activity === 1)).toBe(true);
  });

  it('in rounds stay for all epochs of the round', () => {
    const points = [
      { round: 1, weight: 1 },
      { round: 5, weight: 0.2 },
    ];
    const rule = scheduledLossWeights({ transformations: points }, 3);
    const along = weightsAlong(rule, new Array<ByHead<number>>(3).fill(losses(1, 1)));
    // Half way from 1 to 0.2.
    expect(along).toEqual(new Array(4).fill({ activity: 1, transformations: 0.6 }));
  });

  it('take epochs that rise, and at least one point', () => {
    const points = [
      { epoch: 3, weight: 1 },
      { epoch: 3, weight: 2 },
    ];
    const build = (): LossWeightRule => scheduledLossWeights({ activity: points, transformations: [] });
    expect(build).toThrow(InvalidInput);
    expect(build).toThrow(
      'loss weights: activity[1].epoch: expected an epoch after 3, found 3\n' +
        'loss weights: transformations: expected at least one point, found none',
    );
  });
});

describe.each([
  ['fixed', fixedLossWeights({ activty: 2 })],
  ['scheduled', scheduledLossWeights({ activty: [{ epoch: 1, weight: 2 }] })],
])('%s weights of a head that is not there', (_, rule) => {
  it('are refused', () => {
    expect(() => rule.init(heads)).toThrow(
      'loss weights: activty: expected one of activity, transformations, found no such head; did you mean "activity"?',
    );
  });
});

describe('the dynamic weight average', () => {
  it('is 1 in the first two epochs, and then gives more to the head that learned less', () => {
    const along = weightsAlong(dynamicAverageLossWeights, [losses(2, 1), losses(1, 1), losses(1, 0.5)]);
    expect(along.slice(0, 2)).toEqual([losses(1, 1), losses(1, 1)]);
    // Ratios 1/2 and 1: 2 e^(1/4) / (e^(1/4) + e^(1/2)) = 2 x 1.284025 / 2.932747 = 0.875647.
    expect(along[2]!['activity']).toBeCloseTo(0.875647, 6);
    expect(along[2]!['transformations']).toBeCloseTo(1.124353, 6);
    // Ratios 1 and 1/2.
    expect(along[3]!['activity']).toBeCloseTo(1.124353, 6);
  });

  it('takes a head without labels for one that stands still', () => {
    const along = weightsAlong(dynamicAverageLossWeights, [losses(2, 0), losses(2, 0)]);
    expect(along[2]).toEqual(losses(1, 1));
  });
});

describe('uncertainty weights', () => {
  it('follow the gradient of exp(-s) L + s / 2', () => {
    const along = weightsAlong(uncertaintyLossWeights({ rate: 0.1 }), [losses(1, 0.25), losses(1, 0.25)]);
    // s = 0 - 0.1 x (1/2 - 1) = 0.05, and 0 - 0.1 x (1/2 - 1/4) = -0.025.
    expect(along[1]!['activity']).toBeCloseTo(Math.exp(-0.05), 12);
    expect(along[1]!['transformations']).toBeCloseTo(Math.exp(0.025), 12);
    // s = 0.05 - 0.1 x (1/2 - e^-0.05) = 0.0951229.
    expect(-Math.log(along[2]!['activity']!)).toBeCloseTo(0.0951229, 7);
  });

  it('rest where a weight is half of one over the loss', () => {
    const along = weightsAlong(
      uncertaintyLossWeights({ rate: 0.5 }),
      new Array<ByHead<number>>(200).fill(losses(4, 0.2)),
    );
    expect(along.at(-1)!['activity']).toBeCloseTo(1 / 8, 9);
    expect(along.at(-1)!['transformations']).toBeCloseTo(2.5, 9);
  });

  it('stay for a head that has no label in a batch', () => {
    expect(weightsAlong(uncertaintyLossWeights({ rate: 0.5 }), [losses(0.5, 0)])[1]).toEqual(losses(1, 1));
  });
});

describe('a weigher', () => {
  it('tells a rule of epochs the mean over the batches of each epoch', () => {
    const weigher = createLossWeigher(dynamicAverageLossWeights, heads);
    weigher.afterBatch(losses(3, 1));
    weigher.afterBatch(losses(1, 1));
    weigher.afterEpoch();
    weigher.afterBatch(losses(1.5, 1));
    expect(weigher.weights()).toEqual(losses(1, 1));
    weigher.afterBatch(losses(0.5, 1));
    weigher.afterEpoch();
    expect(weigher.weights()['activity']).toBeCloseTo(0.875647, 6);
  });

  it('lets a rule of batches move with every batch', () => {
    const weigher = createLossWeigher(uncertaintyLossWeights({ rate: 0.1 }), heads);
    weigher.afterBatch(losses(1, 0.5));
    weigher.afterEpoch();
    expect(weigher.weights()).toEqual({ activity: Math.exp(-0.05), transformations: 1 });
  });
});
