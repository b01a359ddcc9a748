/** Turns a study that still has to choose, and what was chosen, into the study that runs. */

import { deepFreeze } from '../deep-freeze.js';
import type { Stage, Study } from '../study/study.js';
import { withCandidate } from '../study/plans/with-candidate.js';
import type { Choice } from './choice.js';

/**
 * The study with the chosen candidate and, in stages whose selection is `calibrated`, with the temperature and the
 * thresholds fitted to its teacher. Stages that specify their own keep them. Parsing the result gives the same study.
 *
 * @throws Error when the study has no such candidate
 */
export function resolvedStudy(written: Study, { chosen, calibration }: Pick<Choice, 'chosen' | 'calibration'>): Study {
  const candidate = written.choose?.candidates.find(({ name }) => name === chosen);
  if (!candidate) {
    throw new Error(`Study "${written.name}" has no candidate "${chosen}"`);
  }
  const study = withCandidate(written, candidate);
  const stages = study.stages.map((stage): Stage =>
    stage.selection?.kind === 'calibrated' && !stage.selection.thresholds
      ? { ...stage, selection: { ...stage.selection, ...calibration } }
      : stage,
  );
  return deepFreeze({ ...study, stages });
}
