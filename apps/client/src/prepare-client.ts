/** Makes a client ready for a study: its windows, and a thread that trains on them. */

import type { LocalData } from '@gaitway/core';
import { windowCount } from '@gaitway/core/data';
import { stagePlans } from '@gaitway/core/study';
import { type ClientStateFolder, dataCheck, loadClient, openParticipantPool, type Reporter } from '@gaitway/node';
import type { PartOptions } from './client-options.js';
import type { SitePolicy } from './policy/site-policy.js';
import { memoryForRecordings } from './policy/study-ceilings.js';
import type { PreparedParticipant, StudyOffer } from './tasks/prepared-participant.js';

/** What a client prepares itself with. */
export interface LocalSetup {
  readonly client: string;
  readonly state: ClientStateFolder | undefined;
  readonly policy: SitePolicy;
  readonly options: PartOptions;
  readonly reporter: Reporter;
}

/** Reads the recordings as the study wants them, and gives them to a worker thread, so that heartbeats are not delayed. */
export async function prepareClient(
  { client, state, policy, options, reporter }: LocalSetup,
  { study, studyDigest, normalisation }: StudyOffer,
): Promise<PreparedParticipant> {
  const { data: folder, layout, people, backend } = options;
  reporter.status('reading recordings …');
  const check = dataCheck(options, reporter);
  const source = { folder, check, ...(layout !== undefined && { layout }), ...(people && { people }) };
  const memory = memoryForRecordings(study, policy);
  const data = await loadClient(study, source, { normalisation: normalisation ?? undefined, memoryBytes: memory });
  const pool = await openParticipantPool({
    workers: 1,
    ...(backend && { backend }),
    seed: study.seed,
    stages: stagePlans(study),
    data: new Map([[client, data]]),
    ...(state && { memory: state.memoryOf(studyDigest) }),
  });
  const windows = countWindows(data);
  reporter.line(`${client}: ${windows} windows, backend ${pool.backend}`);
  return {
    participant: pool.participant(client),
    windows,
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

function countWindows({ labelled, unlabelled }: LocalData): number {
  return [labelled, unlabelled].reduce((sum, windows) => sum + (windows ? windowCount(windows) : 0), 0);
}
