/** Who may take part, and why not. Plain questions with plain answers: a reason, or nothing to object to. */

import { COORDINATOR, type Digest } from '@gaitway/core';
import type { Hello, Join } from '@gaitway/protocol';

/** What both sides must agree on. */
export interface StudyIdentity {
  readonly studyDigest: Digest;
  /** By stage. */
  readonly layoutDigests: Readonly<Record<string, Digest>>;
}

/**
 * Why this client may not come in under its name.
 *
 * @param sessionThere - Session of the live connection that has the name, where there is one. Who knows it is that very
 *   client, back before the old connection was found dead.
 */
export function helloRefusal({ client, session }: Hello, sessionThere: string | undefined): string | undefined {
  if (client === COORDINATOR) {
    return `the name "${COORDINATOR}" is the coordinator's own: choose another`;
  }
  if (sessionThere !== undefined && session !== sessionThere) {
    return `the name "${client}" is taken by a client that is connected: choose another`;
  }
  return undefined;
}

/** Why this client's study is not the coordinator's, though it came from there. */
export function joinRefusal(join: Join, expected: StudyIdentity): string | undefined {
  const differing = differingStage(join.layoutDigests, expected.layoutDigests);
  if (differing !== undefined) {
    return `the network of stage "${differing}" has another layout at the client`;
  }
  if (join.studyDigest !== expected.studyDigest) {
    return `expected the study with digest ${expected.studyDigest}, the client reads it as ${join.studyDigest}`;
  }
  return undefined;
}

function differingStage(found: Join['layoutDigests'], expected: Join['layoutDigests']): string | undefined {
  const stages = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  return stages.find((stage) => found[stage] !== expected[stage]);
}
