/** The versions of the protocol. Two sides speak the newest one that both know. */

/**
 * The versions that this Gaitway speaks, the newest first. One is added whenever a message changes in a way that the other
 * side would misread, and the one before it stays, so that neighbouring versions of Gaitway work together.
 */
const protocolVersions: readonly [number, ...number[]] = [6];

/** The newest version of the protocol that this Gaitway speaks. */
export const PROTOCOL_VERSION: number = protocolVersions[0];

/** The versions that a client offers to speak: all from the oldest to the newest. */
export interface VersionOffer {
  /** The newest. */
  readonly protocol: number;
  readonly oldest: number;
}

/** What a client of this Gaitway offers. */
export const versionOffer: VersionOffer = {
  protocol: PROTOCOL_VERSION,
  oldest: protocolVersions.at(-1) ?? PROTOCOL_VERSION,
};

/** The newest version that both sides speak; undefined where there is none. */
export function agreedVersion({ protocol, oldest }: VersionOffer): number | undefined {
  return protocolVersions.find((version) => oldest <= version && version <= protocol);
}

/** Why a coordinator refuses a client with which it has no version in common: what each speaks, and which one is older. */
export function versionRefusal(offer: VersionOffer): string {
  const older = offer.protocol < versionOffer.oldest ? 'client' : 'coordinator';
  return (
    `the client speaks ${rangeText(offer)} of the protocol, the coordinator ${rangeText(versionOffer)}: ` +
    `the ${older} is older and needs a newer Gaitway`
  );
}

function rangeText({ protocol, oldest }: VersionOffer): string {
  return oldest === protocol ? `version ${protocol}` : `versions ${oldest} to ${protocol}`;
}
