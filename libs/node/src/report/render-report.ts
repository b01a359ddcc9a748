/** A run as one HTML file, which needs no network and no script. */

import type { Run } from '../run/read-run.js';
import { comparisonOf } from './comparison.js';
import { markup, nothing } from './markup.js';
import { acceptedSection } from './sections/accepted.js';
import { classesSection } from './sections/classes.js';
import { confusionSection } from './sections/confusion.js';
import { figuresSection } from './sections/figures.js';
import { headline } from './sections/headline.js';
import { progressSection } from './sections/progress.js';
import { roundsSection } from './sections/rounds.js';
import { stagesSection } from './sections/stages.js';
import { studySection } from './sections/study.js';
import { trafficSection } from './sections/traffic.js';
import { style } from './style.js';

/** The report of a run. Every name in it is escaped, whatever the files held. */
export function renderReport(run: Run): string {
  const { study, result, rounds } = run;
  const comparison = comparisonOf(run);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${study.name}: Gaitway run</title>
<style>${style}</style>
</head>
<body>
<main>
${headline(run)}
${comparison ? figuresSection(comparison) : nothing}
${comparison ? progressSection(rounds, comparison) : nothing}
${comparison ? classesSection(comparison) : nothing}
${comparison ? confusionSection(comparison) : nothing}
${acceptedSection(result.clients, study.activities)}
${roundsSection(rounds)}
${stagesSection(result)}
${trafficSection(result.traffic, rounds)}
${studySection(run)}
</main>
</body>
</html>
`.safe;
}
