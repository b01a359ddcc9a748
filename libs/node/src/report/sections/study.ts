/** The study itself, so that the page says all that somebody needs to repeat the run. */

import type { Run } from '../../run/read-run.js';
import { markup, type Markup } from '../markup.js';
import { folded, section } from '../section.js';

export function studySection({ study, result }: Run): Markup {
  return section(
    'Study',
    markup`<p class="note">Digest <code>${result.study.digest}</code>, Gaitway ${result.gaitway}, seed ${result.study.seed}</p>
  ${folded('The whole study', markup`<pre>${JSON.stringify(study, undefined, 2)}</pre>`)}`,
  );
}
