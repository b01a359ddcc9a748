import { describe, expect, test } from 'vitest';
import { createRng } from '../../math/random.js';
import { difficulty } from './difficulty.js';
import { apply, X_AXIS, Y_AXIS, Z_AXIS, type Vector, drawPlacement, placeAgain, type Placement } from './placement.js';

const DRAWS = 2000;
/** At least four standard deviations of a share of this many draws. */
const TOLERANCE = 4 * Math.sqrt(0.25 / DRAWS);

const through = (placement: Placement, vector: Vector): Vector =>
  placement.reduce<Vector>((moved, matrix) => apply(matrix, moved), vector);
const rng = createRng(9);
const pockets = Array.from({ length: DRAWS }, (_, index) => drawPlacement('pocket', rng.fork(index)));
const share = (of: (placement: Placement) => boolean): number => pockets.filter(of).length / DRAWS;

/** Determinant of the composed matrices: -1 for one that contains a reflection. */
function determinant(placement: Placement): number {
  const [[a, b, c], [d, e, f], [g, h, i]] = [X_AXIS, Y_AXIS, Z_AXIS].map((axis) => through(placement, axis)) as [
    Vector,
    Vector,
    Vector,
  ];
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
}

describe('a phone in the pocket', () => {
  test('lies with either end up, its screen to either side, at either leg, as often as the numbers say', () => {
    const { topDown, screenInward, leftLeg } = difficulty.pocket;
    expect(Math.abs(share((placement) => through(placement, Z_AXIS)[1] < 0) - topDown)).toBeLessThan(TOLERANCE);
    expect(Math.abs(share((placement) => through(placement, X_AXIS)[2] < 0) - screenInward)).toBeLessThan(TOLERANCE);
    expect(Math.abs(share((placement) => determinant(placement) < 0) - leftLeg)).toBeLessThan(TOLERANCE);
  });

  test('keeps lengths, and what goes up or down along the leg along its own length', () => {
    for (const placement of pockets.slice(0, 50)) {
      expect(Math.hypot(...through(placement, [3, 4, 12]))).toBeCloseTo(13, 9);
      expect(Math.abs(through(placement, Z_AXIS)[1])).toBeGreaterThan(0.6);
    }
  });

  test('is put back as it was but for small turns, now and then otherwise', () => {
    const usual = pockets[0]!;
    const up = through(usual, Z_AXIS);
    const again = Array.from({ length: DRAWS }, (_, index) => placeAgain(usual, 'pocket', rng.fork('again', index)));
    const reversed = again.filter((placement) => through(placement, Z_AXIS)[1] * up[1] < 0).length / DRAWS;
    const { putBack, topDown } = difficulty.pocket;
    const other = up[1] < 0 ? 1 - topDown : topDown;
    expect(Math.abs(reversed - putBack * other)).toBeLessThan(TOLERANCE);
  });
});

describe('a sensor at the waist', () => {
  test('is upright with its z to the front, within few degrees', () => {
    for (let index = 0; index < 50; index++) {
      const placement = placeAgain(drawPlacement('waist', rng.fork('waist', index)), 'waist', rng.fork('worn', index));
      // 15 degrees: four and a half standard deviations of the placement and a recording's turns together.
      expect(through(placement, Z_AXIS)[1]).toBeGreaterThan(Math.cos((15 * Math.PI) / 180));
      expect(through(placement, X_AXIS)[2]).toBeGreaterThan(Math.cos((15 * Math.PI) / 180));
    }
  });
});
