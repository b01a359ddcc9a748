/** What is wrong when two sides do not agree on TLS, as text for people. */

/** What to do about it, by the code of the error of Node or OpenSSL. */
const sentences: Readonly<Partial<Record<string, string>>> = {
  ERR_SSL_WRONG_VERSION_NUMBER: 'the port speaks no TLS: where that is right, the address begins with http://',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'the port speaks no TLS: where that is right, the address begins with http://',
  EPROTO: 'the port speaks no TLS: where that is right, the address begins with http://',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name than the one in the address',
  CERT_HAS_EXPIRED: 'its certificate has expired: its operator has to renew it, or the clock of this machine is wrong',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: the clock of one of the machines is wrong',
};

/** Codes for a certificate that leads to no authority that is trusted. */
const untrusted: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * Why a connection failed, where TLS is why; undefined where it is not.
 *
 * @param error - The error of the connection
 * @param url - The address that was tried
 */
export function tlsFault({ code = '', message = '' }: Partial<NodeJS.ErrnoException>, url: string): string | undefined {
  if (url.startsWith('http:')) {
    const hungUp = code === 'ECONNRESET' && message.includes('socket hang up');
    return hungUp
      ? 'it hung up without an answer: a coordinator with TLS has an address that begins with https://'
      : undefined;
  }
  return untrusted.has(code)
    ? `no authority that this machine trusts has signed its certificate: give the file of its authority with --ca (${message})`
    : sentences[code];
}
