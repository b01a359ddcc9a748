/** Reads which answers counted in a run, so that another run can repeat its rounds. */

import { COORDINATOR, InvalidInput, studyDigest, type Study } from '@gaitway/core';
import { recordedCohorts, type RecordedCohorts } from '@gaitway/core/engine';
import { inNaturalOrder } from '@gaitway/core/internal';
import { readRun } from './read-run.js';

/**
 * The cohorts of a finished run of the same study.
 *
 * @throws InvalidInput when the folder holds no finished run, or one of another study
 */
export async function readCohorts(path: string, study: Study): Promise<RecordedCohorts> {
  const { result, rounds } = await readRun(path);
  const digest = await studyDigest(study);
  if (result.study.digest !== digest) {
    const message = `expected a run of this very study (digest ${digest}), found one of "${result.study.name}", seed ${result.study.seed} (digest ${result.study.digest})`;
    throw new InvalidInput(path, [{ path: '', message }]);
  }
  return recordedCohorts(rounds);
}

/**
 * Passes when all clients whose answers counted are among the clients of a simulation.
 *
 * @param cohorts - Undefined where no rounds are repeated
 * @throws InvalidInput naming those that are missing
 */
export function refuseAbsentClients(cohorts: RecordedCohorts | undefined, clients: readonly string[]): void {
  const answers = [...(cohorts?.values() ?? [])].flat(2);
  const counted = new Set(answers.map(({ client }) => client));
  const absent = [...counted].filter((client) => client !== COORDINATOR && !clients.includes(client));
  if (absent.length > 0) {
    const message = `expected rounds of the clients in the data folder (${inNaturalOrder(clients).join(', ')}), found ${inNaturalOrder(absent).join(', ')}`;
    throw new InvalidInput('simulate', [{ path: '--cohorts', message }]);
  }
}
