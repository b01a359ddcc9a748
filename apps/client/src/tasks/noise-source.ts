/** The random bytes of a client's own noise. */

import type { NoiseSource } from '@gaitway/core/engine';
import type { Digest } from '@gaitway/core/internal';
import type { KeyPair } from '@gaitway/node';
import { createCipheriv, createHash, hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/**
 * ChaCha20 (RFC 8439) under a key that HKDF (RFC 5869) makes of the client's private key, the study, the round and the
 * update itself. So a round that is repeated, by a client that was restarted too, gives the same noise for the same update,
 * and independent noise for any other.
 */
export function noiseSource({ privateKey }: Pick<KeyPair, 'privateKey'>, study: Digest): NoiseSource {
  return ({ stage, round }, steps) => {
    const update = createHash('sha256')
      .update(new Uint8Array(steps.buffer, steps.byteOffset, steps.byteLength))
      .digest();
    const purpose = `gaitway noise ${JSON.stringify([study, stage, round])}`;
    const key = Buffer.from(hkdfSync('sha256', privateKey, update, purpose, KEY_BYTES));
    const cipher = createCipheriv('chacha20', key, Buffer.alloc(16));
    return (bytes) => {
      bytes.set(cipher.update(Buffer.alloc(bytes.length)));
    };
  };
}
