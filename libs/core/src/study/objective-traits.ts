/** What each objective needs, and what its stages can do afterwards. */

import type { Objective } from '../train/plan.js';

export interface ObjectiveTraits {
  /** An earlier stage's model labels the windows, and a selection rule keeps the confident ones. */
  readonly teacher: boolean;
  /** Transformed versions of the windows are told from the originals, by a head of their own. */
  readonly transformations: boolean;
  /** The network has an activity head: it can be evaluated, and teach. */
  readonly activities: boolean;
}

export const objectiveTraits: Readonly<Record<Objective['kind'], ObjectiveTraits>> = {
  supervised: { teacher: false, transformations: false, activities: true },
  'self-training': { teacher: true, transformations: false, activities: true },
  'transformation-discrimination': { teacher: false, transformations: true, activities: false },
  'self-har': { teacher: true, transformations: true, activities: true },
};

/** Names by which a study's stage chooses its objective. */
export const objectiveNames = Object.keys(objectiveTraits) as readonly Objective['kind'][];
