import { describe, expect, it } from 'vitest';
import { oracleSpec } from '../../testing/oracle-student.js';
import { layoutDigest, layoutOf, partsOf } from './layout.js';

const [activity, transformations] = oracleSpec.heads;

describe('the layout of the networks of SelfHAR', () => {
  it('has the sizes that the paper gives', () => {
    expect(layoutOf({ ...oracleSpec, heads: [] }).size).toBe(84_416);
    expect(layoutOf({ ...oracleSpec, heads: [activity!] }).size).toBe(189_894);
    expect(layoutOf(oracleSpec).size).toBe(390_606);
  });

  it('puts the slots one behind the other, without gaps', () => {
    let offset = 0;
    for (const slot of layoutOf(oracleSpec).slots) {
      expect(slot.offset).toBe(offset);
      offset += slot.shape.reduce((product, length) => product * length, 1);
    }
    expect(offset).toBe(390_606);
  });

  it('names its parts from bottom to top', () => {
    expect(partsOf(layoutOf(oracleSpec))).toEqual(['conv1', 'conv2', 'conv3', 'activity', 'transformations']);
  });

  it('keeps the yes-or-no heads side by side', () => {
    const slots = layoutOf({ ...oracleSpec, heads: [transformations!] }).slots.slice(-4);
    expect(slots.map(({ name, shape }) => [name, shape])).toEqual([
      ['transformations/hidden/kernel', [96, 2048]],
      ['transformations/hidden/bias', [2048]],
      ['transformations/output/kernel', [8, 256]],
      ['transformations/output/bias', [8]],
    ]);
  });

  it('is identified by its digest: another class count is another layout', async () => {
    const digest = await layoutDigest(layoutOf(oracleSpec));
    expect(await layoutDigest(layoutOf(structuredClone(oracleSpec)))).toBe(digest);
    const fiveClasses = {
      ...oracleSpec,
      heads: [{ ...activity!, outputs: ['a', 'b', 'c', 'd', 'e'] }, transformations!],
    };
    expect(await layoutDigest(layoutOf(fiveClasses))).not.toBe(digest);
  });
});
