/** How large a message of a client can be. */

import { layoutOf, stagePlans, type Study } from '@gaitway/core';
import { BYTES_PER_VALUE } from '@gaitway/protocol';

/** What a message may hold beside the largest parameters: names, digests, an evaluation. */
const MESSAGE_SLACK_BYTES = 65_536;

/** The largest message that a client has reason to send. */
export function maximumMessageBytes(study: Study): number {
  const sizes = stagePlans(study).map(
    ({ network, plan }) => layoutOf(network).size * (plan.controlVariate ? 2 : 1), // its change travels with the update
  );
  return Math.max(...sizes) * BYTES_PER_VALUE + MESSAGE_SLACK_BYTES;
}
