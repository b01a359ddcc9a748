/** Reports how several studies ended. */

import { InvalidInput, StudyStopped } from '@gaitway/core';
import { Interrupted, renderRunSummary } from '@gaitway/node';
import type { StudyEnd } from './coordinate-studies.js';

/** The end of a study, as part of the JSON outcome. */
export function endDocument(end: StudyEnd): object {
  const { study: name } = end;
  return 'run' in end ? { name, run: end.run.folder.path, ...end.run.result } : { name, error: end.error.message };
}

/** The summary of a finished study. The reason why another did not finish has been reported already. */
export function endText(end: StudyEnd): string {
  return 'run' in end ? `\n${end.study}\n${renderRunSummary(end.run)}` : `\n${end.study}: not finished`;
}

/** The error that decides the exit code: a failure before a study that could not go on, and that before an interruption. */
export function worstError(ends: readonly StudyEnd[]): Error | undefined {
  const errors = ends.flatMap((end) => ('error' in end ? [end.error] : []));
  const [worst] = errors.sort((a, b) => rank(a) - rank(b));
  return worst;
}

function rank(error: Error): number {
  const mild = [InvalidInput, StudyStopped, Interrupted];
  return 1 + mild.findIndex((kind) => error instanceof kind);
}
