/** Rules for stages with a buffer, whose rounds have no cohort: restrictions on their other keys. */

import type { Issue } from '../../errors.js';
import { clientSideOf, createStrategy } from '../../federated/strategies/strategy-plan.js';
import { studyDefaults } from '../schema/schema-values.js';
import { listedClients, type PlacedStage } from './placed-parts.js';
import type { ClientStage } from '../study.js';

export function bufferIssues({ study, stage, path }: PlacedStage): readonly Issue[] {
  if (stage.where === 'coordinator' || !stage.buffer) {
    return [];
  }
  const { size, concurrency } = stage.buffer;
  const { name, aggregator } = createStrategy(stage.strategy);
  const issue = (key: string, expected: string, found: string | number): Issue => ({
    path: `${path}.${key}`,
    message: `expected ${expected}, found ${found}`,
  });
  return [
    ...(concurrency < size ? [issue('buffer.concurrency', `at least ${size}, the size`, concurrency)] : []),
    ...bufferSizeIssues(stage, path, listedClients(study.people)?.length ?? Infinity),
    ...(aggregator.linear
      ? []
      : [issue('strategy', 'one that is linear, because updates in a buffer begin from different models', name)]),
    ...(stage.coordinatorTakesPart
      ? [issue('coordinatorTakesPart', 'false, because a buffer is of clients; "after" trains on its labels', 'true')]
      : []),
    ...remembering(stage).map(([key, found]) =>
      issue(key, 'nothing that clients remember from round to round, because the stage has a buffer', found),
    ),
    ...writtenCohortKeys(stage).map(([key, value]) =>
      issue(`cohort.${key}`, 'nothing, because the stage has a buffer', JSON.stringify(value)),
    ),
  ];
}

/**
 * Each client is in a buffer at most once.
 *
 * @param clients - Number of clients
 */
export function bufferSizeIssues({ buffer }: ClientStage, path: string, clients: number): readonly Issue[] {
  return buffer && buffer.size > clients
    ? [
        {
          path: `${path}.buffer.size`,
          message: `expected at most ${clients}, the number of clients, found ${buffer.size}`,
        },
      ]
    : [];
}

/** Keys that make clients keep a memory, which needs their rounds to follow one another. */
function remembering({ strategy, personal, compress }: ClientStage): readonly (readonly [string, string])[] {
  return [
    ...(clientSideOf(strategy).controlVariate ? [['strategy', createStrategy(strategy).name] as const] : []),
    ...(personal ? [['personal', `a list of ${personal.length}`] as const] : []),
    ...(compress?.feedback ? [['compress.feedback', 'true'] as const] : []),
  ];
}

/** Keys of the cohort that differ from the defaults. */
function writtenCohortKeys({ cohort }: ClientStage): readonly (readonly [string, unknown])[] {
  const defaults: Readonly<Record<string, unknown>> = { ...studyDefaults.cohort };
  return Object.entries(cohort).filter(([key, value]) => value !== defaults[key]);
}
