/** Whose recordings are in a model: those of the people that its stage, or a stage that it goes back to, has trained on. */

import type { Stage, Study } from '../study.js';

/** The people whose labels the coordinator has, and the people of the clients. */
export type StudyGroup = 'labelled' | 'clients';

/**
 * Whether the model of a stage has learned from a group, by itself or through the models that it started from and was
 * labelled by; not known where one of them is a stored model. Means and class priors of the labelled people do not count.
 *
 * @param name - Of a stage of the study
 */
export function learnedFrom(study: Study, name: string, group: StudyGroup): 'yes' | 'no' | 'unknown' {
  const stage = study.stages.find((each) => each.name === name);
  if (!stage || trainsOn(study, stage, group)) {
    return 'yes';
  }
  const earlier = study.stages
    .filter((each) => each.name === stage.from || each.name === stage.teacher)
    .map((each) => learnedFrom(study, each.name, group));
  if (earlier.includes('yes')) {
    return 'yes';
  }
  return typeof stage.from === 'object' || earlier.includes('unknown') ? 'unknown' : 'no';
}

function trainsOn({ people }: Study, stage: Stage, group: StudyGroup): boolean {
  if (stage.where === 'coordinator') {
    return group === 'labelled';
  }
  const { clients } = people;
  const listed = typeof clients === 'object' ? Object.values(clients).flat() : [];
  const labelledAreClients = clients === 'everyone' || people.labelled.some((person) => listed.includes(person));
  return group === 'clients' || labelledAreClients || stage.coordinatorTakesPart || stage.after !== undefined;
}
