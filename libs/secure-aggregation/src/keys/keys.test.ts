import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '../node.js';
import type { Ring } from '../arithmetic/ring.js';
import { agreedSecret, deriveKey, isUsableKey, open, publicKeyOf, seal, utf8 } from './agreement.js';
import { addMasks } from './masks.js';
import { portablePrimitives } from './primitives.js';
import { isSignedBy, toBase64url } from './signatures.js';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

describe.each([
  ['plain JavaScript', portablePrimitives],
  ['Node', nodePrimitives],
])('the primitives of %s', (_, primitives) => {
  it.each([
    // RFC 7748, sections 5.2 and 6.1
    [
      'a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4',
      'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c',
      'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552',
    ],
    [
      '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb',
      '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a',
      '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742',
    ],
  ])('agree as RFC 7748 says', (secret, publicKey, agreed) => {
    expect(Uint8Array.from(agreedSecret(primitives.agreement(hex(secret)), hex(publicKey)))).toEqual(hex(agreed));
  });

  it('expand keys as RFC 8439 says (appendix A.1, vectors 1 and 2)', () => {
    const keystream = primitives.keystream(new Uint8Array(32));
    expect(Buffer.concat([Buffer.from(keystream(64)), Buffer.from(keystream(64))]).toString('hex')).toBe(
      '76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7' +
        'da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586' +
        '9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed' +
        '29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f',
    );
  });

  it('verify signatures as RFC 8032 says (section 7.1, test 2), and no others', () => {
    const key = toBase64url(hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'));
    const bytes = hex(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
        '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    );
    const signature = toBase64url(bytes);
    expect(isSignedBy(primitives, key, 'r', signature)).toBe(true);
    expect(isSignedBy(primitives, key, 's', signature)).toBe(false);
    expect(isSignedBy(primitives, key, 'r', toBase64url(bytes.with(3, 0)))).toBe(false);
    expect(isSignedBy(primitives, toBase64url(new Uint8Array(32).fill(255)), 'r', signature)).toBe(false);
    expect(isSignedBy(primitives, key, 'r', 'short')).toBe(false);
  });

  // By a Python script with the package cryptography: ChaCha20 with the SHA-256 of "mask", read as a packed vector.
  it.each([
    [20, [277167, 1045631, 328098]],
    [32, [355744431, 2709517439, 429195682]],
    [40, [120614828719, 878882845823, 975386771874]],
    [48, [148554684578479, 86640789812351, 220877712327074]],
  ])('expand a key to values of %i bits', (bits, expected) => {
    const ring: Ring = { bits, bytesPerValue: bits > 32 ? 6 : 4 };
    const key = hex('48bf9b4f142ab45cac6f33cf99415bca6ca8e07608a031237aa76560fec2204b');
    const values = new BigInt64Array(3);
    addMasks(values, [{ key, sign: 1 }], ring, primitives);
    expect([...values].map((value) => BigInt.asUintN(bits, value))).toEqual(expected.map(BigInt));
    addMasks(
      values,
      Array.from({ length: 40 }, () => ({ key, sign: 1 as const })),
      ring,
      primitives,
    );
    addMasks(
      values,
      Array.from({ length: 41 }, () => ({ key, sign: -1 as const })),
      ring,
      primitives,
    );
    expect([...values].map((value) => BigInt.asUintN(bits, value))).toEqual([0n, 0n, 0n]);
  });
});

describe('keys', () => {
  it('are derived as RFC 5869 says (test case 3, the first 32 bytes)', () => {
    expect(deriveKey(new Uint8Array(22).fill(0x0b), '')).toEqual(
      hex('8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d'),
    );
  });

  it('have the public half that RFC 7748 says (section 6.1)', () => {
    expect(publicKeyOf(hex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb'))).toEqual(
      hex('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f'),
    );
  });

  it('seal as ChaCha20-Poly1305 of RFC 8439 does', () => {
    // By the Python package cryptography, with the key and text of section 2.8.2, a nonce of zeros and nothing beside the text.
    const key = Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index);
    const text = utf8("Ladies and Gentlemen of the class of '99");
    const box = hex(
      '663d7ec45b29ceaaa35505b8c1b3d94613a50fd7e315a748d35a378670746af867ab3404fe7b7655' +
        '70517464f150b48ede8462645569b58a',
    );
    expect(seal(key, text)).toEqual(box);
    expect(open(key, box)).toEqual(text);
    expect(open(key.with(0, 0), box)).toBeUndefined();
    expect(open(key, box.with(5, 0))).toBeUndefined();
  });

  it.each([
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000000',
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  ])('that agree on the same with everybody are refused: %s', (point) => {
    const agree = portablePrimitives.agreement(new Uint8Array(32).fill(5));
    expect(() => agree(hex(point))).toThrow(); // by X25519 itself
    expect(isUsableKey(hex(point))).toBe(false);
    expect(() => agreedSecret(() => new Uint8Array(32).fill(1), hex(point))).toThrow('agrees on the same');
  });

  it('are refused in a second form, and zeros are no secret', () => {
    const nine = new Uint8Array(32).with(0, 9);
    expect(isUsableKey(nine)).toBe(true);
    expect(isUsableKey(nine.with(31, 0x80))).toBe(false); // the ignored top bit
    expect(isUsableKey(new Uint8Array(32).fill(0xff).with(0, 0xf6).with(31, 0x7f))).toBe(false); // 2^255 - 10, which is 9
    expect(() => agreedSecret(() => new Uint8Array(32), nine)).toThrow('agrees on the same');
  });
});
