/** The top of the page: the study, its outcome, when and where it ran. */

import type { RunSoFar } from '../../run/read-run.js';
import type { RoundLine } from '../../run/round-line.js';
import { type Comparison, comparisonOf, defeatText } from '../comparison.js';
import { bytes, count, counted, date, duration, points, score, timeOfDay } from '../format.js';
import { factList, header, type Tile, tiles, warningBox } from '../page.js';
import { markup, nothing, type Markup } from '../markup.js';

export function headline(run: RunSoFar): Markup {
  const comparison = comparisonOf(run);
  return header({
    kind: 'Gaitway run',
    name: run.study.name,
    lead: comparison
      ? verdict(run, comparison)
      : run.result.model
        ? 'No model of this study tells activities apart, so none was evaluated.'
        : 'No model was evaluated so far.',
    content: markup`${comparison ? tiles(figuresOf(comparison)) : nothing}
  ${factList(facts(run))}
  ${run.result.model ? nothing : warningBox('This run is not finished', [standing(run.rounds.at(-1))])}
  ${warningBox('Not everything could be read', run.warnings)}`,
  });
}

function standing(last: RoundLine | undefined): string {
  return last
    ? `This page shows it after round ${last.round} of ${last.rounds} of stage "${last.stage}".`
    : 'None of its rounds has ended.';
}

/** The outcome in one sentence, preceded by another one if a baseline is better. */
function verdict(run: RunSoFar, comparison: Comparison): string {
  const defeat = defeatText(run, comparison);
  return defeat === undefined ? gainText(comparison) : `${defeat} ${gainText(comparison)}`;
}

function gainText({ final, teacher, role }: Comparison): string {
  const { weightedF1, windows } = final.evaluation;
  const reached = `The ${role.toLowerCase()} reaches a weighted F1 of ${score(weightedF1)} on ${counted(windows, 'test window')}`;
  if (!teacher) {
    return `${reached}.`;
  }
  const before = teacher.evaluation.weightedF1;
  const difference = points(before, weightedF1);
  const size = difference.replace(/^[+−]/, '');
  const relation = difference === size ? 'the same as' : `${size} points ${weightedF1 > before ? 'above' : 'below'}`;
  return `${reached}, ${relation} its teacher (${score(before)}).`;
}

function figuresOf({ final, teacher, role }: Comparison): readonly Tile[] {
  const after = final.evaluation.weightedF1;
  const last: Tile = { name: `${role.toLowerCase()}, weighted F1`, value: score(after), role: 'final' };
  if (!teacher) {
    return [last];
  }
  const before = teacher.evaluation.weightedF1;
  return [
    { name: 'teacher, weighted F1', value: score(before), role: 'teacher' },
    last,
    { name: 'difference in points', value: points(before, after), role: 'difference' },
  ];
}

function facts({
  result,
  rounds,
  startedAt,
  finishedAt,
}: RunSoFar): readonly (readonly [name: string, value: string])[] {
  const seconds = result.stages.reduce((sum, stage) => sum + stage.seconds, 0);
  const { bytesDown, bytesUp } = result.traffic;
  const clientRounds = rounds.filter(({ where }) => where === 'clients').length;
  return [
    ['When', startedAt === undefined ? 'not known' : when(startedAt, finishedAt)],
    ['Duration', duration(seconds)],
    ['Backend', result.backend],
    ['Clients', count(result.clients.length)],
    ['Rounds', count(clientRounds)],
    ['Traffic', bytes(bytesDown + bytesUp)],
    ['Seed', String(result.study.seed)],
  ];
}

function when(startedAt: string, finishedAt: string | undefined): string {
  const start = `${date(startedAt)}, ${timeOfDay(startedAt)}`;
  if (finishedAt === undefined) {
    return `${start} UTC`;
  }
  const sameDay = date(startedAt) === date(finishedAt);
  return `${start}–${sameDay ? '' : `${date(finishedAt)}, `}${timeOfDay(finishedAt)} UTC`;
}
