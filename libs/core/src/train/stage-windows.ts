/** The windows that a participant trains on in a stage, with labels where the objective needs them. */

import { windowCount, type WindowedDataset } from '../data/windows.js';
import {
  acceptedWindows,
  labelWindows,
  withLabelsOfAccepted,
  type LabelledWindows,
  type Labelling,
} from './labelling/label-windows.js';
import { labelQuality } from './labelling/label-quality.js';
import type { LabellingPlan, StagePlan } from './plan.js';
import type { TrainTask } from './task.js';
import type { TeacherPredictor, TeacherRequest } from './labelling/labellers.js';

/** The windows as a participant uses them. */
export interface OwnWindows {
  /** All windows, without labels. */
  readonly all: WindowedDataset | undefined;
  /** Windows with the participant's own labels. */
  readonly labelled: WindowedDataset | undefined;
  /** Computes a teacher's probabilities for all windows. */
  readonly predictWithTeacher: TeacherPredictor | undefined;
  /** The true activities of all windows, where a simulation knows them. */
  readonly truth: Int16Array | undefined;
}

export interface StageTask {
  readonly stage: StagePlan;
  readonly task: TrainTask;
  readonly signal: AbortSignal;
}

/** Undefined where the participant has none of the kind that the objective needs. */
export async function stageWindows(own: OwnWindows, work: StageTask): Promise<LabelledWindows | undefined> {
  const { objective } = work.stage.plan;
  switch (objective.kind) {
    case 'supervised':
      return own.labelled && { windows: own.labelled };
    case 'transformation-discrimination':
      return own.all && { windows: own.all };
    case 'self-training':
    case 'consistency':
      return learnFrom(await pseudoLabels(own, objective.labelling, work), acceptedWindows, own.truth);
    case 'self-har': {
      const learn = objective.examples === 'all' ? withLabelsOfAccepted : acceptedWindows;
      return learnFrom(await pseudoLabels(own, objective.labelling, work), learn, own.truth);
    }
  }
}

/** The reason that an abstaining participant gives. */
export function reasonToAbstain({ plan: { objective } }: StagePlan, all: WindowedDataset | undefined): string {
  const available = all ? windowCount(all) : 0;
  if (available === 0 || !('labelling' in objective)) {
    return available > 0 && objective.kind === 'supervised' ? 'it has no labelled windows' : 'it has no windows';
  }
  return `the teacher was sure of none of its ${available} windows`;
}

async function pseudoLabels(
  { all, predictWithTeacher }: OwnWindows,
  plan: LabellingPlan,
  { stage, task, signal }: StageTask,
): Promise<Labelling | undefined> {
  if (!all || !predictWithTeacher) {
    return undefined;
  }
  const probabilities = await predictWithTeacher(teacherOf(plan, stage, task), signal);
  return labelWindows(all, probabilities, { ...plan, classPrior: task.classPrior });
}

/** @throws Error when the teacher should have been sent with the task and was not. */
function teacherOf({ labeller, teacher }: LabellingPlan, stage: StagePlan, task: TrainTask): TeacherRequest {
  const sent = teacher === 'newest' ? { parameters: task.parameters } : task.teacher;
  if (!sent || !stage.teacherNetwork) {
    throw new Error(`Stage "${stage.name}" needs a teacher and the task brought none`);
  }
  return { ...sent, labeller, network: stage.teacherNetwork };
}

/** The windows that are learned from, with the quality of their labels where the true activities are known. */
function learnFrom(
  labelling: Labelling | undefined,
  choose: (labelling: Labelling) => LabelledWindows,
  truth: Int16Array | undefined,
): LabelledWindows | undefined {
  const quality = labelling && truth && labelQuality(labelling, truth);
  return labelling && { ...choose(labelling), ...(quality && { quality }) };
}
