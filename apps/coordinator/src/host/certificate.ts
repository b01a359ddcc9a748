/** The certificate with which a host speaks TLS, and its private key. */

import { unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:https';
import { createSecureContext } from 'node:tls';
import { InvalidInput } from '@gaitway/core';
import { readText } from '@gaitway/node';

/** Files in the form PEM. */
export interface TlsFiles {
  /** The certificate of the host, followed by those of the authorities in between. */
  readonly cert: string;
  /** Its private key. */
  readonly key: string;
}

/**
 * Reads a certificate and its key.
 *
 * @throws InvalidInput for a file that cannot be read, and where the two do not belong together
 */
export async function readCertificate({ cert, key }: TlsFiles): Promise<TlsFiles> {
  const read = { cert: await readPem(cert, 'a certificate'), key: await readPem(key, 'a private key') };
  try {
    createSecureContext(read);
  } catch (error) {
    const message = `expected the certificate that belongs to the private key in ${key}: ${(error as Error).message}`;
    throw new InvalidInput(cert, [{ path: '', message }]);
  }
  return read;
}

async function readPem(file: string, what: string): Promise<string> {
  const text = await readText(file, file, `${what} as PEM`);
  if (!text.startsWith('-----BEGIN ')) {
    throw new InvalidInput(file, [{ path: '', message: `expected ${what} as PEM, found something else` }]);
  }
  return text;
}

/** How often the files are looked at. */
const INTERVAL_MS = 1_000;

/** Takes a renewed certificate for new connections as soon as both of its files are there, until the server closes. */
export function renewCertificate(server: Server, files: TlsFiles): void {
  const renew = (): void => {
    readCertificate(files)
      .then((renewed) => {
        server.setSecureContext(renewed);
      })
      .catch(() => undefined); // one of the files is still the old one, or not complete
  };
  for (const file of [files.cert, files.key]) {
    watchFile(file, { interval: INTERVAL_MS, persistent: false }, renew);
    server.once('close', () => {
      unwatchFile(file, renew);
    });
  }
}
