/**
 * What reports compare: the final model of a run, or the latest of one that is not finished, the teacher whose labels it
 * learned from, and the baselines.
 */

import type { Evaluation } from '@gaitway/core';
import type { BaselineResult } from '@gaitway/core/baseline';
import { firstTeacherOf } from '@gaitway/core/study';
import type { RunSoFar } from '../run/read-run.js';
import { type Figure, figures } from './figures.js';
import { score } from './format.js';

export interface EvaluatedStage {
  readonly stage: string;
  readonly evaluation: Evaluation;
  /** Evaluation on the clients' own people, where a simulation knows their labels. */
  readonly onClients?: Evaluation;
}

/** An evaluation with its heading. */
export interface HeadedEvaluation {
  readonly heading: string;
  readonly evaluation: Evaluation;
}

export interface Comparison {
  /** The model of the last stage that was evaluated. */
  readonly final: EvaluatedStage;
  /** How to name that model: the final one, or the latest of a run that is not finished. */
  readonly role: 'Final model' | 'Latest model';
  /** Absent in a study in which no stage labels windows for another. */
  readonly teacher?: EvaluatedStage;
}

/**
 * The last evaluated stage, and the first teacher if there is one; undefined when nothing was evaluated, as in a study
 * that learns no activities.
 */
export function comparisonOf({ study, result }: RunSoFar): Comparison | undefined {
  const evaluations = new Map(Object.entries(result.evaluation));
  const onClientsOf = new Map(Object.entries(result.clientEvaluation ?? {}));
  const evaluated = result.stages.flatMap(({ name }): readonly EvaluatedStage[] => {
    const evaluation = evaluations.get(name);
    const onClients = onClientsOf.get(name);
    return evaluation ? [{ stage: name, evaluation, ...(onClients && { onClients }) }] : [];
  });
  const final = evaluated.at(-1);
  if (!final) {
    return undefined;
  }
  const teachers = new Set(study.stages.map(firstTeacherOf));
  const teacher = evaluated.find(({ stage }) => teachers.has(stage));
  const role = result.model ? 'Final model' : 'Latest model';
  return { final, role, ...(teacher && teacher.stage !== final.stage && { teacher }) };
}

/** The evaluations to show, teacher first, with their headings. */
export function columnsOf({ teacher, final, role }: Comparison): readonly HeadedEvaluation[] {
  return [
    ...(teacher ? [{ heading: headingOf('Teacher', teacher.stage), evaluation: teacher.evaluation }] : []),
    { heading: headingOf(role, final.stage), evaluation: final.evaluation },
  ];
}

function headingOf(role: string, stage: string): string {
  return role.toLowerCase() === stage ? role : `${role} (${stage})`;
}

/** The figures that have intervals: weighted F1, macro F1, accuracy. */
export const baselineFigures: readonly Figure[] = figures.slice(0, 3);

/**
 * A sentence about the baseline with the highest weighted F1 if that is higher than the final model's, to three digits;
 * undefined if it is not.
 */
export function defeatText({ result }: RunSoFar, { final, role }: Comparison): string | undefined {
  const best = result.baselines?.reduce<BaselineResult | undefined>(
    (most, next) => (most && most.evaluation.weightedF1 >= next.evaluation.weightedF1 ? most : next),
    undefined,
  );
  const [theirs, ours] = [best?.evaluation.weightedF1 ?? 0, final.evaluation.weightedF1];
  return best && Number(score(theirs)) > Number(score(ours))
    ? `The baseline ${best.name} beats the ${role.toLowerCase()}: a weighted F1 of ${score(theirs)} against ${score(ours)}.`
    : undefined;
}
