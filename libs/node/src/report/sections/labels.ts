/** The pseudo-labels over the rounds of each stage that has a teacher. */

import type { Study } from '@gaitway/core';
import { firstTeacherOf } from '@gaitway/core/study';
import type { RoundLine } from '../../run/round-line.js';
import { classSymbol, legendList } from '../charts/palette.js';
import { mixColumns } from '../charts/mix-columns.js';
import { type ShareLine, shareCurves } from '../charts/share-curves.js';
import { count, score, share } from '../format.js';
import { type LabelRound, labelRoundsOf } from '../label-rounds.js';
import { markup, type Markup, nothing } from '../markup.js';
import { folded, scrollable, section } from '../page.js';
import { type Column, table } from '../table.js';

/** No markup where no client told of labels that it accepted from a teacher. */
export function labelsSection({ stages, activities }: Study, lines: readonly RoundLine[]): Markup {
  const drawn = stages
    .filter((stage) => stage.where === 'clients' && firstTeacherOf(stage) !== undefined)
    .map(({ name }) => ({ stage: name, rounds: labelRoundsOf(lines, name, activities.length) }))
    .filter(({ rounds }) => rounds.length > 0);
  if (drawn.length === 0) {
    return nothing;
  }
  const isMeasured = drawn.some(({ rounds }) => rounds.some(({ confidence }) => confidence !== undefined));
  const measured = isMeasured
    ? 'Confidence is the mean probability of the accepted labels. Right are those that agree with the true activity, which only a simulation knows.'
    : 'How sure and how right the labels are is not known: clients do not tell.';
  return section(
    'Labels over the rounds',
    markup`<p class="note">The labels that clients accepted from their teacher in each round. ${measured}</p>
  ${drawn.map((stage, index) => stageLabels(stage, activities, index + 1))}`,
  );
}

interface LabelStage {
  readonly stage: string;
  readonly rounds: readonly LabelRound[];
}

function stageLabels({ stage, rounds: found }: LabelStage, activities: readonly string[], place: number): Markup {
  const rounds = found.at(-1)?.round ?? 1;
  const lines = qualityLines(found);
  const columns = found.map(({ round, accepted: counts }) => ({ round, counts }));
  const [quality, mix] = [`Stage ${stage}: accepted labels`, `Stage ${stage}: their activities`];
  return markup`<div class="figures">${[
    figure(
      quality,
      lines.map(({ name }) => name),
      shareCurves({ id: `label-quality-${place}`, title: quality, rounds, lines }),
    ),
    figure(mix, activities, mixColumns({ id: `label-mix-${place}`, title: mix, rounds, activities, columns })),
  ]}</div>
  ${folded(`Rounds of stage ${stage} as a table`, roundTable(found, activities))}`;
}

/** A chart with its caption, and the names of what it draws. */
function figure(caption: string, names: readonly string[], chart: Markup): Markup {
  return markup`<figure>
    <figcaption>${caption}</figcaption>
    ${legendList(names.map((text, index) => ({ symbol: classSymbol(index), text })))}
    ${scrollable(caption, chart)}
  </figure>`;
}

function qualityLines(rounds: readonly LabelRound[]): readonly ShareLine[] {
  const line = (name: string, of: (labels: LabelRound) => number | undefined): readonly ShareLine[] => {
    const points = rounds.flatMap((labels) => {
      const value = of(labels);
      return value === undefined ? [] : [{ round: labels.round, value }];
    });
    return points.length === 0 ? [] : [{ name, points }];
  };
  return [
    ...line('accepted', ({ accepted, windows }) => total(accepted) / windows),
    ...line('confidence', ({ confidence }) => confidence),
    ...line('right', ({ right }) => right),
  ];
}

function roundTable(rounds: readonly LabelRound[], activities: readonly string[]): Markup {
  const number = (heading: string): Column => ({ heading, kind: 'number' });
  return table({
    caption: 'Windows of the clients of each round, those accepted, and the share of each activity among these.',
    columns: ['Round', 'Clients', 'Windows', 'Accepted', 'Share', 'Confidence', 'Right', ...activities].map(number),
    rows: rounds.map(({ round, clients, windows, accepted, confidence, right }) => [
      String(round),
      count(clients),
      count(windows),
      count(total(accepted)),
      share(total(accepted), windows),
      score(confidence ?? null),
      score(right ?? null),
      ...accepted.map((ofActivity) => share(ofActivity, total(accepted))),
    ]),
  });
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, value) => sum + value, 0);
}
