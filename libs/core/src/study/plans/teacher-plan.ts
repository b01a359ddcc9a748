/** Which stage a teacher's model comes from. */

import { NEWEST, type Stage, type TeacherPlan } from '../study.js';

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
