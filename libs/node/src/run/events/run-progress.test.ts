import { expect, it } from 'vitest';
import { withRound } from './run-progress.js';

it('clients stand in the order of their names, numbers in them as numbers', () => {
  const abstained = (client: string) => ({ client, outcome: 'abstained', windows: 3, reason: 'unsure' }) as const;
  const clients = withRound([], [abstained('10'), abstained('coordinator'), abstained('9')], []);
  expect(clients.map(({ name }) => name)).toEqual(['9', '10']);
});
