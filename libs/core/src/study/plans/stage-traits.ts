/**
 * What single keys of a stage mean: what its objective needs and what its results can be used for, which stage its
 * teacher's model comes from, and how many clients its rounds aim at.
 */

import type { Objective } from '../../train/plan.js';
import { type ClientStage, type CohortPlan, NEWEST, type Stage, type Study, type TeacherPlan } from '../study.js';

/** What an objective needs, and what its stages can be used for afterwards. */
export interface ObjectiveTraits {
  /** A model labels the windows, and a selection rule says which labels are used. */
  readonly teacher: boolean;
  /** The stage learns from transformed versions of the windows. */
  readonly transformations: boolean;
  /** A separate head learns to distinguish versions from the originals. */
  readonly discrimination: boolean;
  /** The network has an activity head, so it can be evaluated and can teach. */
  readonly activities: boolean;
}

const nothing: ObjectiveTraits = { teacher: false, transformations: false, discrimination: false, activities: false };

export const objectiveTraits: Readonly<Record<Objective['kind'], ObjectiveTraits>> = {
  supervised: { ...nothing, activities: true },
  'self-training': { ...nothing, teacher: true, activities: true },
  'transformation-discrimination': { ...nothing, transformations: true, discrimination: true },
  'self-har': { teacher: true, transformations: true, discrimination: true, activities: true },
  consistency: { ...nothing, teacher: true, transformations: true, activities: true },
};

/** Names by which a study's stage chooses its objective. */
export const objectiveNames = Object.keys(objectiveTraits) as readonly Objective['kind'][];

/** The only head that predicting activities does not need. */
const TRANSFORMATIONS = 'transformations';

/** Whether the stage's global model is evaluated: it has an activity head, all of which the clients share. */
export function isEvaluatedStage(stage: Stage): boolean {
  return objectiveTraits[stage.objective].activities && !learnsPersonalActivities(stage);
}

/**
 * Whether each client keeps parts to itself without which no activity is recognised. The global model of such a stage
 * has these parts as they were at the beginning.
 */
export function learnsPersonalActivities(stage: Stage): boolean {
  const { personal = [] } = stage.where === 'clients' ? stage : {};
  return objectiveTraits[stage.objective].activities && personal.some((part) => part !== TRANSFORMATIONS);
}

/** The stages that run in rounds on clients. */
export function clientStages({ stages }: Pick<Study, 'stages'>): readonly ClientStage[] {
  return stages.filter((stage): stage is ClientStage => stage.where === 'clients');
}

/** Whether a teacher is an earlier stage's model, not one of the stage's own. */
export function isEarlierStage(teacher: TeacherPlan): teacher is string {
  return typeof teacher === 'string' && teacher !== NEWEST;
}

/** Whether a teacher is the moving average of the stage's own models. */
export function isMovingAverage(teacher: TeacherPlan | undefined): teacher is Exclude<TeacherPlan, string> {
  return typeof teacher === 'object';
}

/**
 * The earlier stage whose model labels in the first round; undefined where there is no teacher. A stage that is
 * labelled by its own models begins with the model that it starts from, which belongs to no stage if it is a stored
 * one.
 */
export function firstTeacherOf({ teacher, from }: Stage): string | undefined {
  if (teacher === undefined || isEarlierStage(teacher)) {
    return teacher;
  }
  return typeof from === 'string' ? from : undefined;
}

/**
 * How many of `available` clients the round aims at; a share is rounded to the nearest number, but is at least one
 * client.
 */
export function cohortSize(target: CohortPlan['target'], available: number): number {
  if (target === 'all') {
    return available;
  }
  const size = typeof target === 'number' ? target : Math.max(1, Math.round(target.share * available));
  return Math.min(size, available);
}
