/** The largest messages of a study that either side has reason to send. The other side refuses anything larger. */

import type { Study } from '@gaitway/core';
import { layoutOf } from '@gaitway/core/model';
import { isMasked, MOST_MASKED_BITS, stagePlans } from '@gaitway/core/study';
import { BYTES_PER_VALUE } from './field-schemas.js';

/** Bytes for all that a message contains besides its parameters: names, digests, an evaluation. */
const SLACK_BYTES = 65_536;

/** Bytes of the largest message before a client knows the study: the welcome, with the study in it. */
export const LARGEST_WELCOME_BYTES = 1_048_576;

/** Bytes of the largest message of secure aggregation beside a masked update: a thousand clients' keys and shares. */
const AGGREGATION_BYTES = 1_048_576;

/** Bytes of a masked number, where a sum has as many bits as it can have. */
const BYTES_PER_MASKED_VALUE = MOST_MASKED_BITS / 8;

/** Bytes of the largest task: the parameters of a stage, those of its teacher, and a control variate. */
export function largestTaskBytes(study: Study): number {
  const counts = stagePlans(study).map(({ network, teacherNetwork, plan }) => {
    const own = layoutOf(network).size;
    return own + (teacherNetwork ? layoutOf(teacherNetwork).size : 0) + (plan.controlVariate ? own : 0);
  });
  const aggregation = study.stages.some(isMasked) ? AGGREGATION_BYTES : 0;
  return Math.max(Math.max(...counts) * BYTES_PER_VALUE, aggregation) + SLACK_BYTES;
}

/** Bytes of the largest answer: an update, and the change of a control variate that travels with it. */
export function largestAnswerBytes(study: Study): number {
  const masked = new Set(study.stages.filter(isMasked).map(({ name }) => name));
  const sizes = stagePlans(study).map(({ name, network, plan }) => {
    const { size } = layoutOf(network);
    return masked.has(name)
      ? size * BYTES_PER_MASKED_VALUE + AGGREGATION_BYTES
      : size * BYTES_PER_VALUE * (plan.controlVariate ? 2 : 1);
  });
  return Math.max(...sizes) + SLACK_BYTES;
}
