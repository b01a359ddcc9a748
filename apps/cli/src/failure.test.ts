import { InvalidInput, StudyStopped } from '@gaitway/core';
import { Interrupted } from '@gaitway/node';
import { describe, expect, it } from 'vitest';
import { describeFailure } from './failure.js';

describe('a failure', () => {
  it.each<[unknown, number, string]>([
    [
      new InvalidInput('study.yaml', [{ path: 'seed', message: 'expected a number' }]),
      2,
      'study.yaml: seed: expected a number',
    ],
    [new StudyStopped('nobody came'), 3, 'The study stopped: nobody came'],
    [
      new Interrupted('SIGINT'),
      130,
      'Interrupted. A run that had begun keeps its finished rounds or steps in its folder.',
    ],
    [new TypeError('a bug'), 1, 'a bug'],
    ['only text', 1, 'only text'],
  ])('%s ends with %i', (error, exitCode, message) => {
    expect(describeFailure(error)).toEqual({ message, exitCode });
  });
});
