/** Which language a side speaks. Sides of different versions cannot work together. */

/** Grows whenever a message changes in a way that the other side would misread. */
export const PROTOCOL_VERSION = 5;

/** What the coordinator says to a client of another version: both versions, and whose is the older one. */
export function versionRefusal(clientVersion: number): string {
  const older = clientVersion < PROTOCOL_VERSION ? 'client' : 'coordinator';
  return (
    `the client speaks version ${clientVersion} of the protocol, the coordinator version ${PROTOCOL_VERSION}: ` +
    `the ${older} is older and needs a newer Gaitway`
  );
}
