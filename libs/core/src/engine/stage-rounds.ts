/** All rounds of a stage, of whichever kind they are. */

import { bufferedRounds } from './buffered-rounds.js';
import { recordedBuffers } from './recorded-buffers.js';
import { conductStageRound, type StageConduct, type StageRounds } from './stage-round.js';

export function openStageRounds(conduct: StageConduct): StageRounds {
  const { stage, cohorts } = conduct;
  if (stage.where === 'coordinator' || !stage.buffer) {
    return { next: (round, carried) => conductStageRound(conduct, round, carried), close: () => undefined };
  }
  const buffered = { ...conduct, plan: stage.buffer, rounds: stage.rounds };
  return cohorts ? recordedBuffers(buffered, cohorts) : bufferedRounds(buffered);
}
