import { describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { scriptedRng, chiSquaredUniform } from '../testing/draws.js';
import { shuffleChannels } from './channel-shuffle.js';

const shuffle = shuffleChannels();

describe('channel-shuffle', () => {
  it('puts the channels of all time steps in the drawn order', () => {
    const into = new Float32Array(6);
    // Exchanging places 2 and 0, then 1 and 0, reads the channels as 1, 2, 0.
    const rng = scriptedRng({ integer: [0, 0] });
    shuffle(Float32Array.of(1, 2, 3, 10, 20, 30), into, { length: 2, channels: 3 }, rng);
    expect([...into]).toEqual([2, 3, 1, 20, 30, 10]);
  });

  it('draws again rather than leave the channels as they were', () => {
    const into = new Float32Array(3);
    // Exchanging each place with itself, then as above.
    shuffle(Float32Array.of(1, 2, 3), into, { length: 1, channels: 3 }, scriptedRng({ integer: [2, 1, 0, 0] }));
    expect([...into]).toEqual([2, 3, 1]);
  });

  it('leaves channels that are no axes in their place', () => {
    const into = new Float32Array(5);
    const shape = { length: 1, channels: 5, axes: [1, 2, 4] } as const;
    shuffle(Float32Array.of(10, 1, 2, 20, 3), into, shape, scriptedRng({ integer: [0, 0] }));
    expect([...into]).toEqual([10, 2, 3, 20, 1]);
  });

  it('gives each of the five other orders of three channels equally often', () => {
    const counts = new Map<string, number>();
    const into = new Float32Array(3);
    for (let seed = 0; seed < 10_000; seed++) {
      shuffle(Float32Array.of(0, 1, 2), into, { length: 1, channels: 3 }, createRng(seed));
      counts.set(into.join(), (counts.get(into.join()) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(['0,2,1', '1,0,2', '1,2,0', '2,0,1', '2,1,0']);
    expect(chiSquaredUniform([...counts.values()])).toBeLessThan(18.5); // 99.9 %, 4 degrees of freedom
  });

  it('refuses a window without axes', () => {
    expect(() => {
      shuffle(Float32Array.of(1, 2), new Float32Array(2), { length: 1, channels: 2 }, createRng(1));
    }).toThrow(
      'channel-shuffle: shape.axes: expected the three axes of one sensor among the channels, found none among 2',
    );
  });
});
