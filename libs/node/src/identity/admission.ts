/** Which key may take part under which name: the rule of a coordinator, over what it has stored. */

import { fingerprintOf } from './key-pair.js';

/** A client that has proved that it holds its key. */
export interface Applicant {
  /** Its name. */
  readonly client: string;
  /** Its public key. */
  readonly key: string;
  /** The secret of an enrolment code, where it has one. */
  readonly code?: string;
}

/** Why a key may not take part, as the metrics name it, and for people. */
export interface Objection {
  readonly kind: 'revoked' | 'code' | 'name' | 'not-enrolled';
  readonly reason: string;
  /** Whether the key is that of the name's owner, who has learned by this that its part in the study is over. */
  readonly isOwners?: true;
}

/** The owner of a name. */
export interface Owner {
  /** The name as its owner writes it. */
  readonly name: string;
  /** Its public key. */
  readonly key: string;
  /** Whether a code brought the key here. Otherwise it was the first to use the name. */
  readonly enrolled: boolean;
}

/** What a coordinator has stored about keys and codes. */
export interface KeyStore {
  /** The owner of a name, which is compared without upper and lower case. */
  owner(name: string): Owner | undefined;
  /** The number of names that have a key. */
  names(): number;
  /** Gives the owner its name, in place of any other; others see that at once, and it is stored when this resolves. */
  assign(owner: Owner): Promise<void>;
  /** Takes the code of a client away if it is the right one: nobody can use it again. Resolves with what it found. */
  redeem(name: string, secret: string): Promise<'redeemed' | 'expired' | 'unknown'>;
  /** The fingerprints of the keys that are revoked. */
  revoked(): Promise<ReadonlySet<string>>;
}

/** Names that keys can take by being the first to use them. Whoever makes up names without end must not fill the disk. */
const FREE_NAMES = 100_000;

/**
 * Lets a key take part, or says why not. A key that is enrolled is let in whatever code it shows: it may be here again
 * because it never heard that its code was accepted.
 *
 * @param enrolmentRequired - Otherwise the first key that uses a name owns it; where it is required, that does not count
 */
export async function admitKey(
  store: KeyStore,
  { client, key, code }: Applicant,
  enrolmentRequired: boolean,
): Promise<Objection | undefined> {
  const objection = await objectionToKey(store, client, key);
  if (objection) {
    return objection;
  }
  const owner = store.owner(client);
  if (owner?.key === key && (owner.enrolled || (code === undefined && !enrolmentRequired))) {
    return undefined;
  }
  if (code !== undefined) {
    const redeemed = await store.redeem(client, code);
    return redeemed === 'redeemed'
      ? assigned(store, { name: client, key, enrolled: true })
      : { kind: 'code', reason: codeReasons[redeemed] };
  }
  return (
    objectionWithoutCode(store, client, key, enrolmentRequired) ??
    assigned(store, { name: client, key, enrolled: false })
  );
}

/** Why a key may not take part under a name, whatever code it shows. */
async function objectionToKey(store: KeyStore, client: string, key: string): Promise<Objection | undefined> {
  const isRevoked = (await store.revoked()).has(fingerprintOf(key));
  const owner = store.owner(client);
  if (isRevoked) {
    // A key that is revoked must not make it look as if that had happened to the client of another name.
    return owner?.key === key
      ? { kind: 'revoked', reason: revocationReason(client), isOwners: true }
      : { kind: 'revoked', reason: 'this key is revoked: ask the operator' };
  }
  return owner && owner.name !== client ? { kind: 'name', reason: caseReason(client, owner.name) } : undefined;
}

/** Why a key may not take a name by being the first to use it. */
function objectionWithoutCode(
  store: KeyStore,
  client: string,
  key: string,
  enrolmentRequired: boolean,
): Objection | undefined {
  const owner = store.owner(client);
  if (owner && owner.key !== key) {
    const wayOut = 'use the --state folder that this client had, choose another name, or ask the operator for a code';
    return { kind: 'name', reason: `the name "${client}" belongs to a client with another key: ${wayOut}` };
  }
  if (enrolmentRequired) {
    return { kind: 'not-enrolled', reason: `"${client}" is not enrolled: ask the operator for a code, for --code` };
  }
  return store.names() < FREE_NAMES
    ? undefined
    : { kind: 'name', reason: `expected at most ${FREE_NAMES} names, found more: ask the operator for a code` };
}

async function assigned(store: KeyStore, owner: Owner): Promise<undefined> {
  await store.assign(owner);
  return undefined;
}

/** Why nobody can have a name beside another one that people do not tell from it. */
export function caseReason(name: string, known: string): string {
  return `expected a name that differs from "${known}" in more than upper and lower case, found "${name}": use "${known}" for the same client, or choose another name`;
}

/** Why a client cannot take part any more. */
export function revocationReason(client: string): string {
  return `the key of "${client}" is revoked: ask the operator`;
}

const codeReasons = {
  expired: 'the enrolment code has expired: ask the operator for a new one',
  unknown:
    'expected an enrolment code for this name that nobody has used, found another: ask the operator for a new one',
} as const;
