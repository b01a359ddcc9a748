/** What an audit has found, in words and figures that claim no more than it shows: for terminals and reports. */

import { formatEpsilon } from '@gaitway/core/engine';
import type { CanaryAudit, MembershipAudit, RunAudit } from '../run/audit-file.js';
import type { RunSoFar } from '../run/read-run.js';
import { alignedRows, count, counted, duration, estimate, score, share } from './format.js';

/** Headings of the table of attacks. */
export const attackHeadings: readonly string[] = [
  'Model',
  'People',
  'Attack',
  'AUC, people',
  'Found, people',
  'AUC, windows',
  'Found, windows',
];

/** The cells of an attack, as text. */
export function attackCells({ stage, group, learned, attack, reference, figures }: MembershipAudit): readonly string[] {
  const { people, windows } = figures;
  const { lower, upper } = people.foundShare;
  const known = learned === 'no' ? ' (control)' : learned === 'unknown' ? ' (perhaps not learned from)' : '';
  return [
    stage,
    `${group === 'labelled' ? 'labelled' : "clients'"}: ${people.members} against ${people.others}${known}`,
    reference === undefined ? attack : `${attack} to ${reference}`,
    score(people.auc),
    `${people.found} of ${people.members} [${lower.toFixed(2)}, ${upper.toFixed(2)}]`,
    estimate(windows.auc, windows.aucInterval),
    estimate(windows.found, windows.foundInterval),
  ];
}

/** What the columns mean, and what the figures do not show. */
export const attackNotes: readonly string[] = [
  'Somebody who knows the windows and activities of people guesses whom the model has learned from; the others are the test people. AUC 0.5 is chance. People are found if they score above all others; in brackets is the 95% interval of Clopper and Pearson of their share. Windows are found where 1% of the others are, by mistake; in brackets are 95% intervals from resampling people.',
  'Who is in which group was not drawn by lot, so people may differ for other reasons: compare with the control, the same attack on a model that has not learned from them. An attack that finds nothing shows that this attack finds nothing.',
];

/** What the canaries say, and what that means. */
export function canarySentences(audit: RunAudit): readonly string[] {
  const { canaries, withoutCanaries } = audit;
  return canaries
    ? [boundText(canaries), promiseText(audit), lowerBoundNote]
    : [`No canaries: ${withoutCanaries ?? 'none were planted'}.`];
}

const lowerBoundNote =
  'This is a lower bound: what these attacks of ours found at least. It does not say how much more others would find.';

function boundText({ trials, canaries, guesses, correct, epsilon, confidence, delta, largest }: CanaryAudit): string {
  const trained = counted(trials, 'training');
  return (
    `${trained} with ${count(canaries)} canaries: ${count(correct)} of ${count(guesses)} guesses about them are right. ` +
    `Epsilon is at least ${roundedDown(epsilon)} (confidence ${share(confidence, 1)}, delta ${delta}). ` +
    `So many canaries cannot show more than ${roundedDown(largest)}.`
  );
}

/** Whether the canaries show more than the accountant promises: then something is wrong with the study's privacy. */
export function isRefuted({ canaries }: RunAudit): boolean {
  return canaries?.promise !== undefined && canaries.epsilon > canaries.promise.epsilon;
}

function promiseText(audit: RunAudit): string {
  const promise = audit.canaries?.promise;
  if (!promise) {
    return 'The study has no privacy budget, so nothing is promised that could be refuted.';
  }
  const told = `The accountant promises an epsilon of at most ${formatEpsilon(promise.epsilon)} for ${counted(promise.releases, 'release')}`;
  return isRefuted(audit)
    ? `${told}. THE AUDIT REFUTES THAT: do not publish these models, and do not quote the figure.`
    : `${told}, which the audit does not refute.`;
}

/** A lower bound is never said to be more than it is. */
function roundedDown(epsilon: number): string {
  return (Math.floor(epsilon * 100) / 100).toFixed(2);
}

/** The audit of a run for a terminal. Has no final line break. */
export function renderAudit({ audit, folder }: RunSoFar & { readonly audit: RunAudit }): string {
  const rows = [attackHeadings, ...audit.membership.map(attackCells)];
  return [
    ...(audit.membership.length > 0 ? [...alignedRows(rows), '', ...attackNotes] : [noAttacks]),
    '',
    ...canarySentences(audit),
    ...(audit.canaries ? [`The canaries took ${duration(audit.canaries.seconds)}.`] : []),
    '',
    'What a hostile coordinator can reconstruct of windows is measured apart: docs/reconstruction.md',
    `Audit: ${folder.audit}`,
  ].join('\n');
}

/** Instead of the table of attacks. */
export const noAttacks =
  'No attack on the models: it needs labelled windows of people whom models have learned from, and of test people.';
