/** The models of a run that reports compare: the final one, and the teacher whose labels it learned from. */

import { firstTeacherOf, type Evaluation } from '@gaitway/core';
import type { Run } from '../run/read-run.js';

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
  readonly final: EvaluatedStage;
  /** Absent in a study in which no stage labels windows for another. */
  readonly teacher?: EvaluatedStage;
}

/**
 * The last evaluated stage, and the first teacher if there is one; undefined when nothing was evaluated, as in a study
 * that learns no activities.
 */
export function comparisonOf({ study, result }: Run): Comparison | undefined {
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
  return { final, ...(teacher && teacher.stage !== final.stage && { teacher }) };
}

/** The evaluations to show, teacher first, with their headings. */
export function columnsOf({ teacher, final }: Comparison): readonly HeadedEvaluation[] {
  return [
    ...(teacher ? [{ heading: headingOf('Teacher', teacher.stage), evaluation: teacher.evaluation }] : []),
    { heading: headingOf('Final model', final.stage), evaluation: final.evaluation },
  ];
}

function headingOf(role: string, stage: string): string {
  return role.toLowerCase() === stage ? role : `${role} (${stage})`;
}
