/** What each objective needs, and what its stages can do afterwards. */

import type { Objective } from '../../train/plan.js';

export interface ObjectiveTraits {
  /** A model labels the windows, and a selection rule says which labels are learned from. */
  readonly teacher: boolean;
  /** Transformed versions of the windows are learned from. */
  readonly transformations: boolean;
  /** Versions are told from the originals, by a head of their own. */
  readonly discrimination: boolean;
  /** The network has an activity head: it can be evaluated, and teach. */
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
