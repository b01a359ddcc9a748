import { createRng } from '@gaitway/core';
import { parseInput } from '@gaitway/core/internal';
import { expect, it } from 'vitest';
import { connectionFaultSchema, faultKinds } from './connection-fault.js';
import { drawConnectionFaults, type FaultDraw } from './draw-connection-faults.js';

const draw: FaultDraw = { connections: 2_000, spared: 0.25, kinds: faultKinds, bytes: [16, 65_536], milliseconds: 300 };

it('draws the same for the same seed, and for a connection the same among fewer', () => {
  const faults = drawConnectionFaults(createRng(5), draw);
  expect(drawConnectionFaults(createRng(5), draw)).toEqual(faults);
  expect(drawConnectionFaults(createRng(6), draw)).not.toEqual(faults);
  expect(drawConnectionFaults(createRng(5), { ...draw, connections: 40 })).toEqual(
    faults.filter(({ connection }) => connection <= 40),
  );
});

it('draws every kind, in both directions, at early places as often as at late ones', () => {
  const faults = drawConnectionFaults(createRng(5), draw);
  expect(faults.length / draw.connections).toBeCloseTo(0.75, 1);
  expect(new Set(faults.map(({ kind, direction }) => `${kind} ${direction}`)).size).toBe(2 * faultKinds.length);
  expect(faults.every(({ at }) => at >= 16 && at < 65_536)).toBe(true);
  expect(faults.filter(({ at }) => at < 1_024).length / faults.length).toBeCloseTo(0.5, 1);
});

it('draws what can be written down and read back', () => {
  for (const fault of drawConnectionFaults(createRng(5), { ...draw, connections: 200 })) {
    expect(parseInput(connectionFaultSchema, JSON.parse(JSON.stringify(fault)), 'plan')).toEqual(fault);
  }
});

it('needs kinds, and places in order', () => {
  expect(() => drawConnectionFaults(createRng(5), { ...draw, kinds: [] })).toThrow('expected at least one kind');
  expect(() => drawConnectionFaults(createRng(5), { ...draw, bytes: [8, 4] })).toThrow(
    'expected two numbers of bytes, from 1 and not falling, found 8 and 4',
  );
});

it('says what is wrong with a fault that was written by hand', () => {
  const written = { connection: 0, direction: 'up', at: 5, kind: 'corrupt', bit: 9 };
  expect(() => parseInput(connectionFaultSchema, written, 'plan')).toThrow(/connection.*[\s\S]*bit/);
});
