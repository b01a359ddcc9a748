/** The top of the page: which study, how well it went, when and where it ran. */

import type { Run } from '../../run/read-run.js';
import { comparisonOf, type Comparison } from '../comparison.js';
import { bytes, count, counted, date, duration, points, score, timeOfDay } from '../format.js';
import { markup, nothing, type Markup } from '../markup.js';

export function headline(run: Run): Markup {
  const comparison = comparisonOf(run);
  return markup`<header>
  <p class="eyebrow">Gaitway run</p>
  <h1>${run.study.name}</h1>
  <p class="lead">${comparison ? verdict(comparison) : 'No model of this study tells activities apart, so none was evaluated.'}</p>
  ${comparison ? tiles(comparison) : nothing}
  <dl class="facts">${facts(run).map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
  ${warnings(run.warnings)}
</header>`;
}

/** The outcome in one sentence. */
function verdict({ final, teacher }: Comparison): string {
  const { weightedF1, windows } = final.evaluation;
  const reached = `The final model reaches a weighted F1 of ${score(weightedF1)} on ${counted(windows, 'test window')}`;
  if (!teacher) {
    return `${reached}.`;
  }
  const before = teacher.evaluation.weightedF1;
  const difference = points(before, weightedF1);
  const size = difference.replace(/^[+−]/, '');
  const relation = difference === size ? 'the same as' : `${size} points ${weightedF1 > before ? 'above' : 'below'}`;
  return `${reached}, ${relation} its teacher (${score(before)}).`;
}

function tiles({ final, teacher }: Comparison): Markup {
  const tile = (name: string, value: string, role: string): Markup =>
    markup`<div class="tile ${role}"><span class="tile-value">${value}</span><span class="tile-name">${name}</span></div>`;
  const after = final.evaluation.weightedF1;
  if (!teacher) {
    return markup`<div class="tiles">${tile('final model, weighted F1', score(after), 'final')}</div>`;
  }
  const before = teacher.evaluation.weightedF1;
  return markup`<div class="tiles">
    ${tile('teacher, weighted F1', score(before), 'teacher')}
    ${tile('final model, weighted F1', score(after), 'final')}
    ${tile('difference in points', points(before, after), 'difference')}
  </div>`;
}

function facts({ result, rounds, startedAt, finishedAt }: Run): readonly (readonly [name: string, value: string])[] {
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

function warnings(texts: readonly string[]): Markup {
  return texts.length === 0
    ? nothing
    : markup`<div class="warning" role="note">
    <strong>Not everything could be read</strong>
    <ul>${texts.map((text) => markup`<li>${text}</li>`)}</ul>
  </div>`;
}
