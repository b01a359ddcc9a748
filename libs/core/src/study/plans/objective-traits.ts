/** What each objective needs, and what its stages can be used for afterwards. */

import type { Objective } from '../../train/plan.js';

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
