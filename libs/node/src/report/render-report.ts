/** Renders a run as one HTML file, which needs no network and no script, and writes it into the run's folder. */

import { writeFileAtomically } from '../files/atomic-write.js';
import { readRun, readRunSoFar, type Run, type RunSoFar } from '../run/read-run.js';
import type { RoundLine } from '../run/round-line.js';
import { curve } from './charts/curve.js';
import { columnsOf, type Comparison, comparisonOf } from './comparison.js';
import { markup, type Markup, nothing } from './markup.js';
import { documentSection, page, scrollable, section } from './page.js';
import { acceptedSection } from './sections/accepted.js';
import { auditSection } from './sections/audit.js';
import { baselinesSection, figuresSection } from './sections/figures.js';
import { calibrationSection, classesSection, confusionSection } from './sections/classes.js';
import { choiceSection } from './sections/choice.js';
import { departuresSection } from './sections/departures.js';
import { headline } from './sections/headline.js';
import { labelsSection } from './sections/labels.js';
import { peopleSection } from './sections/people.js';
import { privacySection } from './sections/privacy.js';
import { roundsSection, trafficSection } from './sections/rounds.js';
import { stagesSection } from './sections/stages.js';
import { timeSection } from './sections/time.js';

/** The report of a run. Every name in it is escaped, whatever the files contained. */
export function renderReport(run: RunSoFar): string {
  const { study, result, rounds, departures, audit } = run;
  const comparison = comparisonOf(run);
  return page(
    `${study.name}: Gaitway run`,
    markup`${headline(run)}
${comparison ? evaluationSections(run, comparison) : nothing}
${labelsSection(study, rounds)}
${acceptedSection(result.clients, study.activities)}
${result.choice ? choiceSection(result.choice, study.activities) : nothing}
${roundsSection(rounds)}
${departuresSection(departures)}
${result.privacy ? privacySection(result.privacy) : nothing}
${audit ? auditSection(audit) : nothing}
${stagesSection(result)}
${timeSection(run)}
${trafficSection(result.traffic, rounds)}
${documentSection({
  title: 'Study',
  note: markup`Digest <code>${result.study.digest}</code>, Gaitway ${result.gaitway}, seed ${result.study.seed}`,
  summary: 'The whole study',
  document: study,
})}`,
  );
}

/** How the models do, as a whole and in parts. */
function evaluationSections(run: RunSoFar, comparison: Comparison): Markup {
  const models = columnsOf(comparison);
  return markup`${figuresSection(comparison)}
${baselinesSection(run, comparison)}
${progressSection(run.rounds, comparison)}
${classesSection(models)}
${confusionSection(models)}
${calibrationSection(models)}
${peopleSection(comparison)}`;
}

function progressSection(rounds: readonly RoundLine[], { teacher }: Comparison): Markup {
  const title = 'Over the rounds';
  return section(title, scrollable(title, curve(rounds, teacher?.evaluation.weightedF1)));
}

/**
 * Writes `report.html` into a finished run's folder.
 *
 * @returns The run that was read.
 * @throws InvalidInput when the folder holds no finished run.
 */
export async function writeReport(folder: string): Promise<Run> {
  return writePage(await readRun(folder));
}

/**
 * Writes `report.html` into the folder of a run that is finished, was interrupted, or goes on: of a finished run the same
 * bytes as the run itself, unless it was audited since.
 *
 * @returns The run that was read.
 * @throws InvalidInput when the folder holds no run, or a file in it is damaged.
 */
export async function rewriteReport(folder: string): Promise<RunSoFar> {
  return writePage(await readRunSoFar(folder));
}

async function writePage<R extends RunSoFar>(run: R): Promise<R> {
  await writeFileAtomically(run.folder.report, renderReport(run));
  return run;
}
