/** `gaitway client --explain`: shows what a study asks, without taking part. */

import { clientStateFolder, createReporter, interruptionSignal } from '@gaitway/node';
import { randomUUID } from 'node:crypto';
import type { ClientOptions } from './client-options.js';
import { readAuthorities } from './connection/network-options.js';
import { invitationOf, refuseUnusableCode } from './invitation.js';
import { offeredStudy } from './join-study.js';
import { explainStudy, explanationText } from './policy/explain-study.js';
import { readPolicy } from './policy/site-policy.js';
import { reportEvent } from './report-event.js';

/** Seconds after which a visitor gives up. */
const VISIT_SECONDS = 30;

/**
 * Shows what a study would ask, as a visitor whose name and key say nothing about this client. A coordinator that lets in
 * nobody but enrolled clients shows it to one with its code or, later, its name and `--state`.
 */
export async function explain(link: string, options: ClientOptions): Promise<void> {
  const reporter = createReporter(options);
  const policy = await readPolicy(options.data, options.policy);
  const { ca, state } = options;
  const { address, code } = invitationOf(link, options);
  const client = options.name ?? code?.client ?? `visitor-${randomUUID()}`;
  refuseUnusableCode(code, client, options);
  const identity = state === undefined ? undefined : await clientStateFolder(state).identity(client, code);
  const offer = await offeredStudy({
    url: address,
    ...(ca !== undefined && { ca: await readAuthorities(ca) }),
    client,
    ...(identity && { identity }),
    giveUpAfterSeconds: options.giveUp ?? VISIT_SECONDS,
    signal: interruptionSignal(),
    onEvent: (event) => {
      reportEvent(event, reporter);
    },
  });
  const explanation = explainStudy(offer, policy);
  reporter.outcome(explanation, explanationText(explanation));
}
