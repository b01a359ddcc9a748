/** The amount of data that the coordinator and its clients exchanged. */

import type { RoundLine } from '../../run/round-line.js';
import type { Traffic } from '../../run/run-result.js';
import { bytes, NO_FIGURE } from '../format.js';
import type { Markup } from '../markup.js';
import { section } from '../section.js';
import { table } from '../table.js';

export function trafficSection({ bytesDown, bytesUp }: Traffic, rounds: readonly RoundLine[]): Markup {
  const clientRounds = rounds.filter(({ where }) => where === 'clients').length;
  const row = (name: string, value: number): readonly string[] => [
    name,
    bytes(value),
    clientRounds === 0 ? NO_FIGURE : bytes(value / clientRounds),
  ];
  return section(
    'Traffic',
    table({
      caption: 'Bytes between the coordinator and all clients.',
      columns: [
        { heading: 'Direction', kind: 'text' },
        { heading: 'Whole run', kind: 'number' },
        { heading: 'Mean round', kind: 'number' },
      ],
      rows: [row('To the clients', bytesDown), row('From the clients', bytesUp), row('Both', bytesDown + bytesUp)],
    }),
  );
}
