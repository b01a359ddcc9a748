import { describe, expect, it } from 'vitest';
import type { NetworkSpec } from '../network-spec.js';
import { trainableParts } from './network-parts.js';

const spec: NetworkSpec = {
  window: { length: 40, channels: 3 },
  convolutions: [4, 5, 6].map((filters) => ({ filters, kernel: 3 })),
  dropoutRate: 0,
  l2: 0,
  heads: [
    { name: 'activity', kind: 'exclusive', outputs: ['walking', 'sitting'], hiddenUnits: 4 },
    { name: 'transformations', kind: 'independent', outputs: ['noise'], hiddenUnits: 4 },
  ],
};

describe('the parts that learn', () => {
  const heads = ['activity', 'transformations'];

  it.each([
    ['all', 'all', ['conv1', 'conv2', 'conv3', ...heads]],
    ['the heads', 'heads', heads],
    ['the last layer, which is all heads', { last: 1 }, heads],
    ['the last two layers', { last: 2 }, ['conv3', ...heads]],
    ['more layers than there are', { last: 9 }, ['conv1', 'conv2', 'conv3', ...heads]],
    ['all above the second convolution', { above: 'conv2' }, ['conv3', ...heads]],
    ['named ones', ['activity', 'conv3'], ['conv3', 'activity']],
  ] as const)('are %s', (_, rule, expected) => {
    expect(trainableParts(spec, rule)).toEqual(expected);
  });

  it.each([
    ['all', 'all', ['conv1', 'conv2', 'activity.conv3', 'transformations.conv3', ...heads]],
    ['the heads', 'heads', heads],
    [
      'the last two layers, of which one is a copy for each head',
      { last: 2 },
      ['activity.conv3', 'transformations.conv3', ...heads],
    ],
    [
      'all above a convolution that all share',
      { above: 'conv1' },
      ['conv2', 'activity.conv3', 'transformations.conv3', ...heads],
    ],
    ["all above the heads' own convolutions", { above: 'conv3' }, heads],
    ['the copy of one head', ['activity.conv3', 'activity'], ['activity.conv3', 'activity']],
  ] as const)('of a trunk that splits are %s', (_, rule, expected) => {
    expect(trainableParts({ ...spec, sharedConvolutions: 2 }, rule)).toEqual(expected);
  });

  it('have a hidden layer that heads share among the heads', () => {
    const shared = { ...spec, sharedHidden: { units: 4, descriptor: 'gated' } } as const;
    expect(trainableParts(shared, 'heads')).toEqual(['shared.hidden', ...heads]);
    expect(trainableParts(shared, { last: 2 })).toEqual(['conv3', 'shared.hidden', ...heads]);
  });
});
