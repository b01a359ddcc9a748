/** What an operator gives to a client: the address of a coordinator, and a code. */

import { InvalidInput } from '@gaitway/core';
import { type EnrolmentCode, parseEnrolmentCode } from '@gaitway/node';
import type { ClientOptions } from './client-options.js';

/** The address of a coordinator, and the code that its link or `--code` brings: `http://127.0.0.1:7070#<code>`. */
export function invitationOf(
  link: string,
  { code }: ClientOptions,
): { readonly address: string; readonly code?: EnrolmentCode } {
  const [address = '', fragment = ''] = link.split('#', 2);
  const brought = code ?? (fragment === '' ? undefined : parseEnrolmentCode(fragment));
  return { address, ...(brought && { code: brought }) };
}

/** @throws InvalidInput for a code of another client, or without a folder for the key that it enrols */
export function refuseUnusableCode(code: EnrolmentCode | undefined, client: string, { state }: ClientOptions): void {
  if (code && code.client !== client) {
    const message = `expected the code of "${client}", the name of this client, found that of "${code.client}"`;
    throw new InvalidInput('enrolment code', [{ path: '', message }]);
  }
  if (code && state === undefined) {
    const message = 'expected a folder for the key that the code enrols, found none: add --state DIR';
    throw new InvalidInput('client', [{ path: '--state', message }]);
  }
}
