/**
 * Membership inference against the models of a run, by somebody who knows people's windows and activities: which people
 * have the models learned from? The labelled people and those of the clients are each set against the test people.
 */

import { createRng, type LocalData, type Study } from '@gaitway/core';
import { windowCount, type WindowedDataset } from '@gaitway/core/data';
import { membershipFigures, type ScoredPerson } from '@gaitway/core/metrics';
import type { TrainedModel } from '@gaitway/core/model';
import { isEvaluatedStage, learnedFrom, type StudyGroup } from '@gaitway/core/study';
import { peopleOf, windowLosses } from '@gaitway/core/train';
import type { MembershipAudit } from '../run/audit-file.js';

type LabelledWindows = WindowedDataset & { readonly labels: Float32Array };

/** The labelled windows of each group of people; a group without any is empty. */
export type AuditedPeople = Readonly<Record<StudyGroup | 'test', readonly LabelledWindows[]>>;

/** What somebody has who attacks a run. */
export interface MembershipTarget {
  readonly study: Study;
  /** The models of the stages, by stage. */
  readonly models: ReadonlyMap<string, TrainedModel>;
  readonly people: AuditedPeople;
}

/** Those of the windows that have labels. */
export function withLabels(...held: readonly (LocalData['test'] | undefined)[]): readonly LabelledWindows[] {
  return held.flatMap((windows) =>
    windows?.labels && windowCount(windows) > 0 ? [{ ...windows, labels: windows.labels }] : [],
  );
}

/**
 * Attacks the model of each evaluated stage. The attack by loss is that of S. Yeom et al. 2018 (arXiv 1709.01604). The
 * attack by ratio sets the model against that of a stage that has not learned from the group, so that windows which are
 * easy for every model count for nothing (L. Watson et al. 2022, arXiv 2111.08440). A tfjs backend must be ready.
 *
 * @throws the signal's reason when it aborts
 */
export async function auditMembership(
  target: MembershipTarget,
  signal: AbortSignal,
): Promise<readonly MembershipAudit[]> {
  const losses = await lossesByStage(target, signal);
  return (['labelled', 'clients'] as const).flatMap((group) =>
    [...losses].flatMap(([stage, own]) =>
      own[group].length > 0 && own.test.length > 0 ? attacksOn(target.study, { stage, group, losses }) : [],
    ),
  );
}

/** The losses of a model on the windows of each person, in the same order for all models. */
type LossesByPerson = Readonly<Record<keyof AuditedPeople, readonly Float64Array[]>>;

interface Attacked {
  readonly stage: string;
  readonly group: StudyGroup;
  /** By stage, in the study's order. */
  readonly losses: ReadonlyMap<string, LossesByPerson>;
}

function attacksOn(study: Study, { stage, group, losses }: Attacked): readonly MembershipAudit[] {
  const learned = learnedFrom(study, stage, group);
  const reference = [...losses.keys()].find((each) => learnedFrom(study, each, group) === 'no');
  const figuresAgainst = (other?: string): MembershipAudit['figures'] => {
    const scoresOf = (of: StudyGroup | 'test'): readonly ScoredPerson[] =>
      (losses.get(stage)?.[of] ?? []).map((own, person) => {
        const expected = other === undefined ? undefined : losses.get(other)?.[of][person];
        return { scores: own.map((loss, window) => (expected?.[window] ?? 0) - loss) };
      });
    return membershipFigures(scoresOf(group), scoresOf('test'), createRng(study.seed).fork('audit', stage, group));
  };
  return [
    { stage, group, learned, attack: 'loss', figures: figuresAgainst() },
    ...(reference !== undefined && learned !== 'no'
      ? [{ stage, group, learned, attack: 'ratio', reference, figures: figuresAgainst(reference) } as const]
      : []),
  ];
}

async function lossesByStage(
  { study, models, people }: MembershipTarget,
  signal: AbortSignal,
): Promise<Attacked['losses']> {
  const losses = new Map<string, LossesByPerson>();
  for (const { name } of study.stages.filter(isEvaluatedStage)) {
    const model = models.get(name);
    if (model) {
      losses.set(name, {
        labelled: await lossesByPerson(model, people.labelled, signal),
        clients: await lossesByPerson(model, people.clients, signal),
        test: await lossesByPerson(model, people.test, signal),
      });
    }
  }
  return losses;
}

async function lossesByPerson(
  model: TrainedModel,
  held: readonly LabelledWindows[],
  signal: AbortSignal,
): Promise<readonly Float64Array[]> {
  const byPerson = new Map<string, number[]>();
  for (const windows of held) {
    const losses = await windowLosses(model, windows, signal);
    peopleOf(windows).forEach((person, window) => {
      const own = byPerson.get(person) ?? [];
      own.push(losses[window] ?? NaN);
      byPerson.set(person, own);
    });
  }
  return [...byPerson.values()].map((own) => Float64Array.from(own));
}
