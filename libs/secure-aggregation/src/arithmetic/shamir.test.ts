import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { combine, split } from 'shamir-secret-sharing';
import { describe, expect, it } from 'vitest';
import { combineShares, secretWeights, splitSecret } from './shamir.js';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

describe('shares of a secret', () => {
  // By a Python script that evaluates s + a x + b x^2 byte by byte, with products of polynomials reduced by 0x11b. The
  // coefficients are the SHA-512 of the text "coefficients".
  const secret = Uint8Array.from({ length: 32 }, (_, index) => index + 1);
  const coefficients = hex(
    'c3baa63c7f5288ed6ed20287de496323159c65fb702afa5c86a630735206d448' +
      '71705d821f598fc641a7e4e47c8cfb6b515c647246711cb1af5723dd140fd1c4',
  );
  const vectors = [
    [1, 'b3c8f8ba650d0023267fed6fafcb975855d2129d234df1f530eb08b25b171aac'],
    [2, '43b63b4287dd06fcca1fb2a4419a08e1645a522af69d8852840af7a3e92ec58d'],
    [5, 'c357f1b269b93e6ef98427877bec293e6623873df4b4ef7b0042ce1a53ffd863'],
    [255, '0351c0b2b939791256301b573660478fc225e621d75ad58bbc67c30149cbaa85'],
  ] as const;

  it('are the values of its polynomials', () => {
    const shares = splitSecret(secret, 255, 3, coefficients);
    expect(shares).toHaveLength(255);
    for (const [point, share] of vectors) {
      expect(shares[point - 1]).toEqual(hex(share));
    }
  });

  it('give it back from any three', () => {
    for (const left of [0, 1, 2, 3]) {
      const three = vectors.filter((_, index) => index !== left);
      const weights = secretWeights(three.map(([point]) => point));
      const shares = three.map(([, share]) => hex(share));
      expect(combineShares(shares, weights)).toEqual(secret);
    }
  });

  it('give it back from any threshold of them, and something else from fewer', () => {
    const sizes = fc
      .integer({ min: 2, max: 40 })
      .chain((count) => fc.tuple(fc.constant(count), fc.integer({ min: 2, max: count })));
    fc.assert(
      fc.property(sizes, fc.infiniteStream(fc.nat()), ([count, threshold], order) => {
        const hidden = Uint8Array.from(randomBytes(32));
        const shares = splitSecret(hidden, count, threshold, Uint8Array.from(randomBytes(32 * (threshold - 1))));
        const ranked = shares
          .map((share, index) => ({ share, point: index + 1, rank: order.next().value }))
          .sort((a, b) => a.rank - b.rank);
        const restored = (used: typeof ranked): Uint8Array =>
          combineShares(
            used.map(({ share }) => share),
            secretWeights(used.map(({ point }) => point)),
          );
        expect(restored(ranked.slice(0, threshold))).toEqual(hidden);
        expect(restored(ranked.slice(0, threshold - 1))).not.toEqual(hidden);
      }),
      { numRuns: 30 },
    );
  });

  it('are those of the package shamir-secret-sharing, both ways', async () => {
    const theirs = await split(secret, 5, 3); // a share has its point in its last byte
    const used = theirs.slice(1, 4);
    const weights = secretWeights(used.map((share) => share[32]!));
    expect(
      combineShares(
        used.map((share) => share.slice(0, 32)),
        weights,
      ),
    ).toEqual(secret);
    const ours = splitSecret(secret, 5, 3, coefficients).map((share, index) => Uint8Array.of(...share, index + 1));
    expect(await combine(ours.slice(2))).toEqual(secret);
  });
});
