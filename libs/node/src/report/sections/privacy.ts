/** What the models of a run reveal about one person or client at most, and what that figure does not cover. */

import { formatEpsilon } from '@gaitway/core/engine';
import type { PrivacySpending } from '../../run/privacy-ledger.js';
import { markup, type Markup } from '../markup.js';
import { section } from '../page.js';

export function privacySection({ unit, epsilon, delta, budget, releases }: PrivacySpending): Markup {
  const whose = unit === 'person' ? 'person' : 'client';
  return section(
    'Privacy',
    markup`<p>The ${releases} releases that the ledger counts are (${formatEpsilon(epsilon)}, ${String(delta)})-differentially private
for each ${whose}: epsilon <strong>${formatEpsilon(epsilon)}</strong> of a budget of ${String(budget)}.</p>
<p class="note">This covers the models of the stages on clients. It does not cover the people whose labels the coordinator has, nor
what this report says of single clients (who took part, numbers of windows, losses), nor what the coordinator itself saw.</p>`,
  );
}
