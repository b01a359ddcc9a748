import { expect, it } from 'vitest';
import { everyFifthPerson } from './test-people.js';

it('holds out the people of MotionSense that the published experiments hold out', () => {
  const people = Array.from({ length: 24 }, (_, index) => String(index + 1));
  expect([...everyFifthPerson(people)].map(Number).sort((a, b) => a - b)).toEqual([1, 6, 14, 19, 23]);
});
