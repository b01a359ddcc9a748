/** The size limit of a client's messages. */

import { layoutOf, stagePlans, type Study } from '@gaitway/core';
import { BYTES_PER_VALUE } from '@gaitway/protocol';

/** Bytes for all that a message contains besides the largest parameters: names, digests, an evaluation. */
const MESSAGE_SLACK_BYTES = 65_536;

/** The size of the largest message that a client of the study has reason to send, in bytes. */
export function maximumMessageBytes(study: Study): number {
  const sizes = stagePlans(study).map(
    ({ network, plan }) => layoutOf(network).size * (plan.controlVariate ? 2 : 1), // the change of the control variate travels with the update
  );
  return Math.max(...sizes) * BYTES_PER_VALUE + MESSAGE_SLACK_BYTES;
}
