import { describe, expect, it } from 'vitest';
import { correctionOf, nextControl } from './local-update.js';

describe('control variates', () => {
  const control = { global: Float32Array.of(1, 0.5), own: Float32Array.of(0.25, 2) };

  it('correct by the global one minus the own one', () => {
    expect([...correctionOf(control)]).toEqual([0.75, -1.5]);
  });

  it('become the mean gradient along which the client has gone', () => {
    // 0.25 - 1 + 2 / 4, and 2 - 0.5 - 1 / 4.
    expect([...nextControl(control, Float32Array.of(-2, 1), 4)]).toEqual([-0.25, 1.25]);
  });
});
