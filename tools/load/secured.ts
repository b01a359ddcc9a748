/**
 * What keeps strangers away from a coordinator under test, as from one that other machines reach: TLS, with a certificate
 * for this machine, and keys of its clients, whom it enrols. All of it is in one folder.
 */

import { type ClientIdentity, enrol, issueToken, parseEnrolmentCode, transientIdentity } from '@gaitway/node';
import { selfSigned } from '@gaitway/protocol/testing/self-signed';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The certificate that clients have to trust, as PEM. */
export const trusted: string = selfSigned.cert;

/** The file of the certificate in the folder. */
export function certificateFile(folder: string): string {
  return join(folder, 'cert.pem');
}

/** Writes a certificate and its key; resolves with the options by which a coordinator uses them and enrols its clients. */
export async function securedOptions(folder: string): Promise<readonly string[]> {
  const [cert, key] = [certificateFile(folder), join(folder, 'key.pem')];
  await Promise.all([writeFile(cert, selfSigned.cert), writeFile(key, selfSigned.key)]);
  return ['--tls-cert', cert, '--tls-key', key, '--keys', keysIn(folder), '--enrolled'];
}

/** Makes an enrolment code for a client, as the operator does. The coordinator may run, or not yet. */
export async function codeFor(folder: string, client: string): Promise<string> {
  const { code } = await enrol(keysIn(folder), client, new Date(Date.now() + LIFE_MS));
  return code;
}

/** Makes an access token with which the coordinator's figures can be read. */
export async function figuresToken(folder: string): Promise<string> {
  return issueToken(keysIn(folder), { name: 'figures', role: 'viewer' }, new Date(Date.now() + LIFE_MS));
}

/** What a client in this process proves, with a new code; its key lasts as long as the process. */
export async function enrolledIdentity(folder: string, client: string): Promise<ClientIdentity> {
  const { coordinator, secret } = parseEnrolmentCode(await codeFor(folder, client));
  return { ...transientIdentity(), coordinator, code: secret };
}

/** Longer than any test. */
const LIFE_MS = 7 * 86_400_000;

function keysIn(folder: string): string {
  return join(folder, 'keys');
}
