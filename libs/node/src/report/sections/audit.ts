/** What an audit of the run has found: attacks on its models, and the lower bound of epsilon by canaries. */

import type { RunAudit } from '../../run/audit-file.js';
import { attackCells, attackHeadings, attackNotes, canarySentences, noAttacks } from '../audit-text.js';
import { markup, type Markup } from '../markup.js';
import { section } from '../page.js';
import { table } from '../table.js';

export function auditSection(audit: RunAudit): Markup {
  const [caption = '', ...notes] = attackNotes;
  const attacks =
    audit.membership.length > 0
      ? table({
          caption,
          columns: attackHeadings.map((heading, index) => ({ heading, kind: index < 3 ? 'text' : 'estimate' })),
          rows: audit.membership.map(attackCells),
        })
      : markup`<p>${noAttacks}</p>`;
  const paragraphs = [...notes, ...canarySentences(audit)];
  return section('Audit', markup`${attacks}${paragraphs.map((text) => markup`<p class="note">${text}</p>`)}`);
}
