import { describe, expect, it } from 'vitest';
import { sharedSpec } from '../testing/small-network.js';
import { layoutOf } from './parameters/layout.js';
import type { NetworkSpec } from './network-spec.js';

const hidden = { units: 6, descriptor: 'added' } as const;

describe('a network that tasks share', () => {
  it('has its parts in order from bottom to top, with copies at one height beside each other', () => {
    const { slots } = layoutOf({ ...sharedSpec({ sharedConvolutions: 2, sharedHidden: hidden }) });
    expect(slots.map(({ name, shape }) => `${name} ${shape.join('x')}`)).toEqual([
      'conv1/kernel 5x2x4',
      'conv1/bias 4',
      'conv2/kernel 4x4x5',
      'conv2/bias 5',
      'activity.conv3/kernel 3x5x6',
      'activity.conv3/bias 6',
      'tags.conv3/kernel 3x5x6',
      'tags.conv3/bias 6',
      'speed.conv3/kernel 3x5x6',
      'speed.conv3/bias 6',
      'shared.hidden/kernel 6x6',
      'shared.hidden/bias 6',
      'shared.hidden/descriptor 3x6',
      'activity/output/kernel 6x3',
      'activity/output/bias 3',
      'tags/output/kernel 6x2',
      'tags/output/bias 2',
      'speed/output/kernel 6x1',
      'speed/output/bias 1',
    ]);
  });

  it.each<[Partial<NetworkSpec>, string]>([
    [
      { sharedConvolutions: 4 },
      'network: sharedConvolutions: expected a whole number from 0 to 3, as many as there are convolutions, found 4',
    ],
    [{ sharedConvolutions: 1.5 }, 'network: sharedConvolutions: expected a whole number from 0 to 3'],
    [
      { softSharing: 0.1 },
      'network: softSharing: expected none where all convolutions are shared (sharedConvolutions), found 0.1',
    ],
    [{ sharedConvolutions: 0, softSharing: -1 }, 'network: softSharing: expected 0 or more, found -1'],
    [
      { sharedHidden: { ...hidden, units: 0 }, heads: [] },
      'network: sharedHidden.units: expected a whole number from 1 up, found 0',
    ],
    [
      { sharedHidden: hidden },
      'network: heads.activity.hiddenUnits: expected 0, since the heads share a hidden layer, found 7',
    ],
    [
      { sharedHidden: hidden, heads: [{ name: 'moves', kind: 'independent', outputs: ['flip'], hiddenUnits: 3 }] },
      'network: heads.moves.kind: expected a kind whose outputs lie on one hidden layer, since the heads share theirs; found independent',
    ],
    [
      {
        sharedConvolutions: 2,
        heads: ['a', 'a.conv3'].map((name) => ({ name, kind: 'regression', outputs: ['x'], hiddenUnits: 0 })),
      },
      'network: heads.a.conv3: expected a name that no other part has, found it twice',
    ],
  ])('is refused: %j', (changes, message) => {
    expect(() => layoutOf({ ...sharedSpec({}), ...changes })).toThrow(message);
  });
});
