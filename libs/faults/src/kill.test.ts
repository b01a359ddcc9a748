import { createRng } from '@gaitway/core';
import { parseInput } from '@gaitway/core/internal';
import { expect, it } from 'vitest';
import { drawKills, killSchema, type KillDraw } from './kill.js';

const draw: KillDraw = { process: 'coordinator', lives: 300, lines: ['round', 'joined'], count: 3, milliseconds: 50 };

it('draws a kill for each life, the same for the same seed', () => {
  const kills = drawKills(createRng(5), draw);
  expect(kills.map(({ life }) => life)).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
  expect(new Set(kills.map(({ line, count }) => `${count} ${line}`)).size).toBe(8);
  expect(kills.every(({ milliseconds }) => milliseconds >= 0 && milliseconds <= 50)).toBe(true);
  expect(drawKills(createRng(5), { ...draw, lives: 10 })).toEqual(kills.slice(0, 10));
  expect(drawKills(createRng(5), { ...draw, process: 'client' }).map(({ count }) => count)).not.toEqual(
    kills.map(({ count }) => count),
  );
});

it('can be written down and read back', () => {
  const [kill] = drawKills(createRng(5), draw);
  expect(parseInput(killSchema, JSON.parse(JSON.stringify(kill)), 'plan')).toEqual(kill);
});

it('needs lines to go by', () => {
  expect(() => drawKills(createRng(5), { ...draw, lines: [] })).toThrow('expected at least one line, found none');
});
