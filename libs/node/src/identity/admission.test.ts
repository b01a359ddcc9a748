import { expect, it } from 'vitest';
import { admitKey, type KeyStore } from './admission.js';
import { createKeyPair } from './key-pair.js';

it('names without a code are not without end, and a code still brings one', async () => {
  const taken: string[] = [];
  const store: KeyStore = {
    owner: () => undefined,
    names: () => 99_999 + taken.length,
    assign: ({ name }) => {
      taken.push(name);
      return Promise.resolve();
    },
    redeem: () => Promise.resolve('redeemed'),
    revoked: () => Promise.resolve(new Set()),
  };
  const { publicKey: key } = createKeyPair();
  expect(await admitKey(store, { client: 'ann', key }, false)).toBeUndefined();
  expect(await admitKey(store, { client: 'ben', key }, false)).toMatchObject({
    kind: 'name',
    reason: expect.stringContaining('expected at most 100000 names'),
  });
  expect(await admitKey(store, { client: 'cid', key, code: 'c' }, false)).toBeUndefined();
  expect(taken).toEqual(['ann', 'cid']);
});
