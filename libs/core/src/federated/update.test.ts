import { describe, expect, it } from 'vitest';
import { UpdateRefused } from '../errors.js';
import { admitUpdate, type UpdateClaim } from './update.js';

const expected = { stage: 'student', round: 3, size: 2, cohort: 1024, activities: 2 };
const good: UpdateClaim = {
  stage: 'student',
  round: 3,
  delta: Float32Array.of(0.25, -1),
  examples: 60,
  summary: { windows: 80, accepted: [40, 20] },
};

function refusalOf(change: Partial<UpdateClaim>): string {
  try {
    admitUpdate('ann', { ...good, ...change }, expected);
    return 'admitted';
  } catch (error) {
    expect(error).toBeInstanceOf(UpdateRefused);
    return (error as UpdateRefused).message;
  }
}

describe('admitUpdate', () => {
  it('lets a good update in under the name of its client', () => {
    expect(admitUpdate('ann', good, expected)).toEqual({ client: 'ann', delta: good.delta, examples: 60 });
  });

  it('refuses an answer to another round or stage', () => {
    expect(refusalOf({ round: 2 })).toBe(
      'Update of client "ann" refused: expected an answer to stage "student", round 3, found one to stage "student", round 2',
    );
    expect(refusalOf({ stage: 'teacher' })).toContain('found one to stage "teacher", round 3');
  });

  it('refuses another number of parameters', () => {
    expect(refusalOf({ delta: Float32Array.of(1, 2, 3) })).toBe(
      'Update of client "ann" refused: expected 2 numbers, found 3',
    );
  });

  it('refuses what is not finite and says where', () => {
    expect(refusalOf({ delta: Float32Array.of(0, NaN) })).toBe(
      'Update of client "ann" refused: expected finite numbers only, found NaN at 1',
    );
    expect(refusalOf({ delta: Float32Array.of(-Infinity, 0) })).toContain('found -Infinity at 0');
  });

  it('looks at every number, whatever the length', () => {
    for (const size of [1, 2, 3, 4, 5]) {
      for (let place = 0; place < size; place++) {
        const delta = new Float32Array(size);
        delta[place] = NaN;
        expect(() => admitUpdate('ann', { ...good, delta }, { ...expected, size })).toThrow(`found NaN at ${place}`);
      }
    }
  });

  it('refuses examples that are no positive whole number', () => {
    for (const examples of [0, -1, 1.5, NaN, Infinity, 2 ** 53]) {
      expect(refusalOf({ examples })).toContain(`expected examples as a whole number from 1 to 10000000, found`);
    }
  });

  it('refuses more examples than the client says that it has windows, or than anybody has', () => {
    expect(refusalOf({ examples: 80 })).toBe('admitted');
    expect(refusalOf({ examples: 81 })).toContain(
      'expected no more examples than windows, of which it has 80, found 81',
    );
    const withheld = { delta: Float32Array.of(0, 0), summary: { windows: null } };
    expect(refusalOf({ ...withheld, examples: 10_000_000 })).toBe('admitted');
    expect(refusalOf({ ...withheld, examples: 10_000_001 })).toContain('from 1 to 10000000, found 10000001');
  });

  it('refuses a control variate that nobody asked for, that is missing, or that would spoil the sum', () => {
    const both = (control: Float32Array | undefined): string => {
      try {
        const claim = { ...good, ...(control && { control }) };
        expect(admitUpdate('ann', claim, { ...expected, control: true }).control).toBe(control);
        return 'admitted';
      } catch (error) {
        expect(error).toBeInstanceOf(UpdateRefused);
        return (error as UpdateRefused).message;
      }
    };
    expect(refusalOf({ control: Float32Array.of(1, 2) })).toContain('expected no control variate, found one');
    expect(both(undefined)).toContain('expected a control variate, found none');
    expect(both(Float32Array.of(1))).toContain('expected 2 numbers, found 1');
    expect(both(Float32Array.of(0, NaN))).toContain('expected finite numbers only, found NaN at 1');
    expect(both(Float32Array.of(2 ** 20, 0))).toContain(
      'expected a control variate that changes by at most 524288, found 1048576',
    );
    expect(both(Float32Array.of(-(2 ** 19), 0))).toBe('admitted');
  });

  it('admits changes up to the exact range of the cohort and refuses larger ones', () => {
    const atTheBound = { delta: Float32Array.of(-512, 0), examples: 1024, summary: { windows: 2000 } };
    expect(admitUpdate('ann', { ...good, ...atTheBound }, expected).examples).toBe(1024);
    expect(refusalOf({ ...atTheBound, examples: 1025 })).toBe(
      'Update of client "ann" refused: expected examples x change of at most 524288, found 1025 x 512',
    );
  });

  it('refuses changes that no training makes', () => {
    expect(refusalOf({ delta: Float32Array.of(0, -1000) })).toBe('admitted');
    expect(refusalOf({ delta: Float32Array.of(0, -1001) })).toBe(
      'Update of client "ann" refused: expected numbers that change by at most 1000, found 1001',
    );
  });

  it.each<[UpdateClaim['summary'], string]>([
    [{ windows: 2 ** 53 - 1 }, 'windows as a whole number from 0 to 10000000, found 9007199254740991'],
    [{ windows: -1 }, 'windows as a whole number from 0 to 10000000, found -1'],
    [{ windows: 80, accepted: new Array<number>(19_000).fill(0) }, 'accepted windows of 2 activities, found of 19000'],
    [{ windows: 80, accepted: [] }, 'accepted windows of 2 activities, found of 0'],
    [{ windows: 80, accepted: [81, 0] }, 'accepted windows as a whole number from 0 to 80, found 81'],
    [{ windows: 80, accepted: [0.5, 0] }, 'accepted windows as a whole number from 0 to 80, found 0.5'],
  ])('refuses a report of %j', (summary, message) => {
    expect(refusalOf({ summary })).toContain(`expected ${message}`);
  });
});
