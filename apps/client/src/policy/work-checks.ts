/**
 * Checks that a task asks for nothing but work that the study plans. A client agreed to a study, not to whatever a
 * coordinator sends: a stage of its own, one more round or a second set of parameters would each draw something from the
 * recordings that nobody agreed to.
 */

import type { Study, Task, TrainTask } from '@gaitway/core';
import { digestJson, type Digest } from '@gaitway/core/internal';
import { layoutOf } from '@gaitway/core/model';
import { keepsMemory, type StagePlan } from '@gaitway/core/train';
import { stagePlans } from '@gaitway/core/study';
import { parametersDigest } from '@gaitway/protocol';

/** The coordinator asked for work that the study does not plan, or that this client's policy forbids. */
export class WorkRefused extends Error {
  override readonly name: string = 'WorkRefused';
}

/** What the study plans for a stage of the clients. */
interface PlannedStage {
  readonly name: string;
  readonly rounds: number;
  readonly parameters: number;
  /** Number of the teacher's parameters, where one is sent. */
  readonly teacher?: number;
  /** Whether all rounds have the same teacher, that of an earlier stage. */
  readonly sameTeacher: boolean;
  /** Number of shares, where labels are aligned with the class prior. */
  readonly classPrior?: number;
  readonly control: boolean;
  readonly memory: boolean;
}

/**
 * Makes the checks of a study's tasks. They remember what was asked, so they must last as long as the client.
 *
 * The result rejects with a WorkRefused that says what was expected and what was found.
 */
export function workChecks(study: Study): (task: Task) => Promise<void> {
  const stages = plannedStages(study);
  /** What was asked in each round, and what all rounds of a stage have in common. */
  const asked = new Map<string, Digest>();
  const requireSame = (key: string, digest: Digest, expected: string): void => {
    if (asked.has(key) && asked.get(key) !== digest) {
      throw new WorkRefused(`expected ${expected}, found others`);
    }
    asked.set(key, digest);
  };
  return async (task) => {
    const stage = plannedStage(stages, task);
    requirePlannedFields(task, stage);
    const [work, teaching] = await Promise.all([digestOf(task), digestOfTeaching(task, stage)]);
    const place = JSON.stringify([task.stage, task.round]);
    requireSame(task.stage, teaching, `the teacher and class prior of the earlier rounds of stage "${task.stage}"`);
    requireSame(place, work, `the parameters that round ${task.round} of stage "${task.stage}" had before`);
  };
}

function plannedStages(study: Study): readonly PlannedStage[] {
  const plans = new Map(stagePlans(study).map((plan) => [plan.name, plan]));
  return study.stages.flatMap((stage) => {
    const plan = plans.get(stage.name);
    return stage.where === 'clients' && plan
      ? [
          {
            name: stage.name,
            rounds: stage.rounds,
            sameTeacher: study.stages.some(({ name }) => name === stage.teacher),
            ...plannedFields(plan, study.activities.length),
          },
        ]
      : [];
  });
}

function plannedFields(
  { network, teacherNetwork, plan }: StagePlan,
  activities: number,
): Omit<PlannedStage, 'name' | 'rounds' | 'sameTeacher'> {
  const labelling = 'labelling' in plan.objective ? plan.objective.labelling : undefined;
  return {
    parameters: layoutOf(network).size,
    ...(labelling?.teacher === 'sent' && teacherNetwork && { teacher: layoutOf(teacherNetwork).size }),
    ...(labelling?.labels.alignment === 'class-prior' && { classPrior: activities }),
    control: plan.controlVariate === true,
    memory: keepsMemory(plan),
  };
}

function plannedStage(stages: readonly PlannedStage[], { kind, stage: name, round }: Task): PlannedStage {
  const stage = stages.find((other) => other.name === name);
  if (!stage) {
    const names = stages.map((other) => `"${other.name}"`).join(', ');
    throw new WorkRefused(`expected one of the study's stages on clients (${names || 'it has none'}), found "${name}"`);
  }
  if (round > stage.rounds) {
    throw new WorkRefused(`expected a round of stage "${name}" from 1 to ${stage.rounds}, found ${round}`);
  }
  if (kind !== 'train') {
    const what = kind === 'evaluate' ? 'no evaluation on clients' : 'no masked updates in this stage';
    throw new WorkRefused(`expected a task to train, because the study plans ${what}, found one`);
  }
  return stage;
}

/** @throws WorkRefused for a field that the stage does not plan, one that is missing, and one of another size */
function requirePlannedFields(task: Task, stage: PlannedStage): asserts task is TrainTask {
  const { parameters, teacher, classPrior, control, since, attempt } = task as TrainTask;
  requireSize('parameters', parameters, stage.parameters);
  requireSize('numbers in the teacher', teacher?.parameters, stage.teacher);
  requireSize('shares in the class prior', classPrior, stage.classPrior);
  requireSize('numbers in the control variate', control, stage.control ? stage.parameters : undefined);
  if (attempt !== undefined) {
    throw new WorkRefused('expected no masked update, because the study plans none in this stage, found an attempt');
  }
  if (stage.memory ? since === undefined || since >= task.round : since !== undefined) {
    const expected = stage.memory ? `an earlier round than ${task.round}, or 0,` : 'no round';
    throw new WorkRefused(`expected ${expected} to continue from, found ${since ?? 'none'}`);
  }
}

function requireSize(what: string, found: { readonly length: number } | undefined, planned: number | undefined): void {
  if (found?.length !== planned) {
    throw new WorkRefused(`expected ${planned ?? 'no'} ${what}, found ${found?.length ?? 'none'}`);
  }
}

async function digestOf({ parameters, teacher, classPrior, control, since }: TrainTask): Promise<Digest> {
  const sets = [parameters, teacher?.parameters, control];
  const digests = await Promise.all(sets.map(async (set) => set && parametersDigest(set)));
  return digestJson([digests, classPrior, since]);
}

async function digestOfTeaching({ teacher, classPrior }: TrainTask, { sameTeacher }: PlannedStage): Promise<Digest> {
  const fixed = sameTeacher && teacher ? await parametersDigest(teacher.parameters) : undefined;
  return digestJson([fixed, classPrior]);
}
