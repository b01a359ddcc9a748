/** Formats events of a run's log and its rounds as text. */

import type { RoundReport } from '@gaitway/core';
import { lostMemories, stalenessOf } from '../round-line.js';

/** An event with all its fields. */
export type EventFields = Readonly<Record<string, unknown>> & { readonly event: string };

/** `{…}` stands for a field; text in `[…]` is left out if a field in it is absent. */
const templates: Readonly<Record<string, string>> = {
  'run-started': 'study "{study}" began[ with gaitway {command}]: backend {backend}, Gaitway {gaitway}',
  'run-resumed':
    'the run is resumed after {rounds} finished rounds[, the last: {stage} {round}][ with Gaitway {gaitway}]',
  'run-paused': 'the run is paused',
  'run-unpaused': 'the run is no longer paused',
  'pause-requested': '{by} asked for a pause',
  'resume-requested': '{by} asked for the end of the pause',
  'run-finished': 'the run is finished',
  'run-stopped': 'the run stopped: {reason}',
  'state-damaged': '! {reason}',
  'round-completed': '{stage} {round}/{rounds}: {outcomes} ({seconds} s)',
  'round-aborted': '{stage} {round}/{rounds} skipped: {reason} ({outcomes}, {seconds} s)',
  'stage-finished': 'stage "{stage}" is finished',
  'client-failed': '! {client} failed in {stage} {round}: {reason}',
  'memory-lost': '! {client} started over in {stage} {round}: its memory is {reason}',
  'client-joined': '+ {client} joined[ with {windows} windows]',
  'client-available': '+ {client} is available',
  'client-unavailable': '- {client} is not available: {reason}',
  'client-left': '- {client} left: {reason}',
  'client-declined': '- {client} does not take part: {reason}',
  'client-refused': '! {client} was refused: {reason}',
  'client-asked-again': '+ {client} is asked again: {stage} round {round}',
  'clients-missing': '… waiting for more clients: {missing} missing, {present} here',
  'answer-ignored': '! {client} sent an answer that changes nothing: it is {reason}',
};

/** An event as one line. An event that this version does not know is printed field by field. */
export function runEventText({ event, ...fields }: EventFields): string {
  const template = templates[event];
  return template === undefined
    ? [event, ...Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`)].join(' ')
    : filled(template, { ...fields, outcomes: outcomesOf(fields) });
}

function filled(template: string, fields: Readonly<Record<string, unknown>>): string {
  return template
    .replace(/\[([^\]]*)\]/g, (_, part: string) => (namesIn(part).every((name) => name in fields) ? part : ''))
    .replace(/\{(\w+)\}/g, (_, name: string) => wordFor(fields[name]));
}

function wordFor(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '?';
}

function namesIn(template: string): readonly string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

const outcomeWords = {
  answered: 'answered',
  abstained: 'abstained',
  failed: 'failed',
  late: 'late',
  surplus: 'not needed',
} as const;

/** Text such as `16 answered, 1 late`, from the count of each outcome; outcomes without clients are left out. */
function outcomesOf(counts: Readonly<Record<string, unknown>>): string {
  return Object.entries(outcomeWords)
    .filter(([outcome]) => Number(counts[outcome] ?? 0) > 0)
    .map(([outcome, words]) => `${String(counts[outcome])} ${words}`)
    .join(', ');
}

/** Why a client is left out of the rounds that follow. */
export const SPOILED = 'it spoiled masked rounds, as those with and without it show';

/** `student 3/20: 16 answered, 1 abstained, weighted F1 0.612`, followed by a line for each client that failed or was late. */
export function roundText(report: RoundReport): string {
  const { stage, where, round, rounds, phase, clients, after, evaluation } = report;
  const place = rounds > 1 ? `${stage} ${round}/${rounds}` : stage;
  const staleness = stalenessOf(clients);
  const parts = [
    ...(where === 'clients' && clients.length > 0 ? [outcomes(clients)] : []),
    ...(staleness ? [`staleness ${staleness.mean.toFixed(1)}, at most ${staleness.most}`] : []),
    ...(after ? ['coordinator trained'] : []),
    ...(evaluation ? [`weighted F1 ${evaluation.weightedF1.toFixed(3)}`] : []),
  ];
  const aborted = phase === 'aborted' ? [`  skipped: ${report.reason}`] : [];
  const failures = clients.flatMap((client) =>
    client.outcome === 'failed' || client.outcome === 'late'
      ? [`  ${client.client} ${client.outcome}: ${client.reason}`]
      : [],
  );
  const losses = lostMemories(clients).map(({ client, lost }) => `  ${client} started over: its memory is ${lost}`);
  const found = (report.excluded ?? []).map((client) => `  ${client} is left out from now on: ${SPOILED}`);
  return [`${place}: ${parts.join(', ') || 'done'}`, ...aborted, ...failures, ...losses, ...found].join('\n');
}

function outcomes(clients: RoundReport['clients']): string {
  const counts: Record<string, number> = {};
  for (const { outcome } of clients) {
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return outcomesOf(counts);
}
