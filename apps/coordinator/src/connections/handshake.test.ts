import type { Join } from '@gaitway/protocol';
import { describe, expect, it } from 'vitest';
import { joinRefusal } from './handshake.js';

const identity = { studyDigest: 'd1', layoutDigests: { teacher: 'l1', student: 'l2' } };
const join: Join = { kind: 'join', ...identity };

describe('a join', () => {
  it('is welcome when both sides read the same', () => {
    expect(joinRefusal(join, identity)).toBeUndefined();
  });

  it('is refused with both digests when the studies differ', () => {
    expect(joinRefusal({ ...join, studyDigest: 'd2' }, identity)).toContain('digest d1, the client reads it as d2');
  });

  it.each([
    ['differs', { teacher: 'l1', student: 'other' }],
    ['is missing', { teacher: 'l1' }],
    ['has another in its place', { teacher: 'l1', pupil: 'l2' }],
  ])('is refused with the name of a stage whose network %s', (_, layoutDigests) => {
    expect(joinRefusal({ ...join, layoutDigests }, identity)).toContain('the network of stage "student"');
  });

  it('is refused with the name of a stage that the coordinator does not have', () => {
    const layoutDigests = { ...join.layoutDigests, extra: 'l3' };
    expect(joinRefusal({ ...join, layoutDigests }, identity)).toContain('the network of stage "extra"');
  });
});
