import { InvalidInput } from '@gaitway/core';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeyPair, fingerprintOf, isSignedBy, readKeyPair } from './key-pair.js';

/** The first test vector of RFC 8032, 7.1: its secret key as PKCS #8, its public key and its signature of nothing. */
const rfc = {
  privateKey: [
    '-----BEGIN PRIVATE KEY-----',
    Buffer.from(
      '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      'hex',
    ).toString('base64'),
    '-----END PRIVATE KEY-----',
  ].join('\n'),
  publicKey: Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex').toString(
    'base64url',
  ),
  signature: Buffer.from(
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    'hex',
  ).toString('base64url'),
};

describe('a key pair', () => {
  it('is that of its private key, and signs as RFC 8032 does', () => {
    const pair = readKeyPair(rfc.privateKey, 'vector');
    expect(pair.publicKey).toBe(rfc.publicKey);
    expect(pair.sign('')).toBe(rfc.signature);
    expect(isSignedBy(rfc.publicKey, '', rfc.signature)).toBe(true);
  });

  it('comes back from the text of its private key', () => {
    const pair = createKeyPair();
    expect(readKeyPair(pair.privateKey, 'file').publicKey).toBe(pair.publicKey);
    expect(createKeyPair().publicKey).not.toBe(pair.publicKey);
  });

  it('has a fingerprint of 128 bits that people can read', () => {
    // From sha256sum, of the bytes of the public key.
    expect(fingerprintOf(rfc.publicKey)).toBe('21fe-31df-a154-a261-626b-f854-046f-d227');
    expect(readKeyPair(rfc.privateKey, 'vector').fingerprint).toBe('21fe-31df-a154-a261-626b-f854-046f-d227');
  });

  it.each([
    ['no key', 'hello', 'found none'],
    [
      'a key of another kind',
      generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
      'x25519',
    ],
  ])('is refused where the text is %s', (_, text, reason) => {
    expect(() => readKeyPair(text.toString(), 'coordinator.pem')).toThrow(InvalidInput);
    expect(() => readKeyPair(text.toString(), 'coordinator.pem')).toThrow(reason);
  });
});

describe('a signature', () => {
  const [pair, other] = [createKeyPair(), createKeyPair()];
  const signature = pair.sign('text');

  it.each([
    ['of another text', pair.publicKey, 'texts', signature],
    ['of another key', other.publicKey, 'text', signature],
    ['that is none', pair.publicKey, 'text', 'A'.repeat(86)],
    ['that is too short', pair.publicKey, 'text', 'AAAA'],
    ['of a key that is none', '', 'text', signature],
  ])('%s proves nothing', (_, key, text, shown) => {
    expect(isSignedBy(pair.publicKey, 'text', signature)).toBe(true);
    expect(isSignedBy(key, text, shown)).toBe(false);
  });
});
