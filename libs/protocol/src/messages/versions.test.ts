import { describe, expect, it } from 'vitest';
import { agreedVersion, PROTOCOL_VERSION, versionOffer, versionRefusal } from './versions.js';

describe('two sides', () => {
  it('speak the newest version that both know', () => {
    expect(agreedVersion(versionOffer)).toBe(PROTOCOL_VERSION);
    expect(agreedVersion({ oldest: 6, protocol: 7 })).toBe(6);
    expect(agreedVersion({ oldest: 1, protocol: 99 })).toBe(PROTOCOL_VERSION);
    expect(agreedVersion({ oldest: 7, protocol: 7 })).toBeUndefined();
    expect(agreedVersion({ oldest: 4, protocol: 5 })).toBeUndefined();
  });

  it('learn which of them is older where they have none in common', () => {
    expect(versionRefusal({ oldest: 7, protocol: 8 })).toBe(
      'the client speaks versions 7 to 8 of the protocol, the coordinator version 6: ' +
        'the coordinator is older and needs a newer Gaitway',
    );
    expect(versionRefusal({ oldest: 5, protocol: 5 })).toContain('version 5 of the protocol');
    expect(versionRefusal({ oldest: 5, protocol: 5 })).toContain('the client is older and needs a newer Gaitway');
  });
});
