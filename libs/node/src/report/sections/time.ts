/** What the time of a run went into: by stage and phase, and outside of the rounds. */

import type { RunSoFar } from '../../run/read-run.js';
import type { RoundLine, RoundPhases } from '../../run/round-line.js';
import { duration, share } from '../format.js';
import { type Content, markup, type Markup, nothing } from '../markup.js';
import { section } from '../page.js';
import { type Column, table } from '../table.js';

/** No markup for runs of versions that did not measure phases. */
export function timeSection(run: RunSoFar): Markup {
  const measured = run.rounds.flatMap(({ stage, seconds, phases }) => (phases ? [{ stage, seconds, phases }] : []));
  if (measured.length === 0) {
    return nothing;
  }
  const stages = [...new Set(measured.map(({ stage }) => stage))];
  const number = (heading: string): Column => ({ heading, kind: 'number' });
  return section(
    'Time',
    markup`${table({
      caption:
        'Training: from the first task of a round to the last answer, so the way of tasks and answers over the network is in it, and the training of the coordinator. Rest: the average of the updates, and writing to the disk.',
      columns: [
        { heading: 'Stage', kind: 'text' },
        ...['Waiting for clients', 'Training', 'Evaluation', 'Rest', 'Whole'].map(number),
      ],
      rows: stages.map((stage) => stageRow(stage, measured.filter((line) => line.stage === stage))), // prettier-ignore
    })}
  ${outside(run)}`,
  );
}

type Measured = Pick<RoundLine, 'seconds'> & { readonly phases: RoundPhases };

function stageRow(stage: string, rounds: readonly Measured[]): readonly Content[] {
  const whole = sum(rounds.map(({ seconds }) => seconds));
  const phases = (['waiting', 'training', 'evaluation'] as const).map((phase) =>
    sum(rounds.map((line) => line.phases[phase])),
  );
  const rest = Math.max(0, whole - sum(phases));
  const cell = (seconds: number): string => `${duration(seconds)} (${share(seconds, whole)})`;
  return [stage, ...[...phases, rest].map(cell), duration(whole)];
}

/** The choice of the recipe comes before a run begins; baselines and the figures of the clients' people come last. */
function outside({ result: { choice }, rounds, startedAt, finishedAt }: RunSoFar): Markup {
  const inRounds = sum(rounds.map(({ seconds }) => seconds));
  const besides =
    startedAt !== undefined && finishedAt !== undefined
      ? (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 - inRounds
      : 0;
  const parts = [
    ...(choice ? [`Choice of the recipe before the run: ${duration(choice.seconds)}.`] : []),
    ...(besides >= 1
      ? [`Outside of the rounds: ${duration(besides)}, for baselines, figures of the clients' people, and pauses.`]
      : []),
  ];
  return parts.length === 0 ? nothing : markup`<p class="note">${parts.join(' ')}</p>`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
