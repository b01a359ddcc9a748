import { COORDINATOR } from '@gaitway/core';
import { expect, it } from 'vitest';
import type { RoundLine } from '../run/round-line.js';
import { labelRoundsOf } from './label-rounds.js';

type Entry = RoundLine['clients'][number];

const answered = (client: string, windows: number, accepted: readonly (number | null)[], rest: object = {}): Entry => ({
  client,
  outcome: 'answered',
  summary: { windows, accepted, loss: 1, ...rest },
});

const line = (round: number, clients: readonly Entry[], stage = 'student'): RoundLine => ({
  phase: 'completed',
  stage,
  where: 'clients',
  round,
  rounds: 9,
  clients,
  seconds: 1,
  parametersSha256: 'ab',
});

it('adds up what the clients of a round told, and means go by their windows', () => {
  const rounds = labelRoundsOf(
    [
      line(1, [
        answered('ada', 100, [30, 10], { labels: { confidence: 0.9, known: 40, right: 30 } }),
        answered('ben', 50, [0, 10], { labels: { confidence: 0.5, known: 5, right: 5 } }),
        { client: 'cyd', outcome: 'abstained', reason: 'unsure', windows: 50 },
        { client: 'dot', outcome: 'abstained', reason: 'unsure', windows: null },
        { client: 'eve', outcome: 'failed', reason: 'left' },
        answered(COORDINATOR, 900, [900, 0]),
      ]),
    ],
    'student',
    2,
  );
  expect(rounds).toEqual([
    {
      round: 1,
      clients: 3,
      windows: 200,
      accepted: [30, 20],
      confidence: (0.9 * 40 + 0.5 * 10) / 50,
      right: 35 / 45,
    },
  ]);
});

it('knows neither confidence nor right labels of clients that do not tell, and counts what they withhold as nothing', () => {
  const lines = [line(3, [answered('ada', 100, [null, 40])]), line(3, [answered('ada', 7, [7, 0])], 'other')];
  expect(labelRoundsOf(lines, 'student', 2)).toEqual([{ round: 3, clients: 1, windows: 100, accepted: [0, 40] }]);
});

it('leaves out rounds in which nothing was accepted, or told', () => {
  const masked: Entry = { client: 'ada', outcome: 'answered' };
  expect(labelRoundsOf([line(1, [masked]), line(2, [answered('ada', 9, [0, 0])])], 'student', 2)).toEqual([]);
});
