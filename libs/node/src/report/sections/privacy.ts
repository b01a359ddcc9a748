/** What the models of a run reveal about one person or client at most, and what that figure does not cover. */

import { formatEpsilon } from '@gaitway/core/engine';
import type { PrivacySpending } from '../../run/privacy-ledger.js';
import { markup, type Markup } from '../markup.js';
import { section } from '../page.js';
import { type Column, table } from '../table.js';

const columns: readonly Column[] = [
  { heading: 'Protected', kind: 'text' },
  { heading: 'Epsilon', kind: 'number' },
  { heading: 'Budget', kind: 'number' },
  { heading: 'Delta', kind: 'number' },
  { heading: 'Releases', kind: 'number' },
];

export function privacySection({ unit, epsilon, delta, budget, releases }: PrivacySpending): Markup {
  return section(
    'Privacy',
    markup`${table({
      caption: `Differential privacy for each ${unit}, over all releases that the ledger counts.`,
      columns,
      rows: [[`Each ${unit}`, formatEpsilon(epsilon), String(budget), String(delta), String(releases)]],
    })}
<p class="note">This covers the models of the stages on clients. It does not cover the people whose labels the coordinator has,
nor what this report says of single clients (who took part, numbers of windows, losses), nor what the coordinator itself saw.</p>`,
  );
}
