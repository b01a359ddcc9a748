/** The version of the protocol. Two sides work together only if they have the same. */

/** Incremented whenever a message changes in a way that the other side would misread. */
export const PROTOCOL_VERSION = 5;

/** The reason with which the coordinator refuses a client of another version: both versions, and which one is older. */
export function versionRefusal(clientVersion: number): string {
  const older = clientVersion < PROTOCOL_VERSION ? 'client' : 'coordinator';
  return (
    `the client speaks version ${clientVersion} of the protocol, the coordinator version ${PROTOCOL_VERSION}: ` +
    `the ${older} is older and needs a newer Gaitway`
  );
}
