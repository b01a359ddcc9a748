import type { Rng } from '../math/random.js';
import type { WindowShape } from '../data/windows.js';
export type Transformation = (window: Float32Array, into: Float32Array, shape: WindowShape, rng: Rng) => void;
export function createAugmentation({ turn }: { mirror: boolean; turn: number }): Transformation {
  return (window, into, _shape, rng) => {
    let v: number[], l: number;
    do { v = [rng.normal(), rng.normal(), rng.normal()]; l = Math.hypot(...v); } while (l === 0);
    const [x, y, z] = v.map((c) => c / l) as [number, number, number];
    const a = ((2 * rng.uniform() - 1) * turn * Math.PI) / 180;
    const [c, s] = [Math.cos(a), Math.sin(a)]; const r = 1 - c;
    const R = [[c + r*x*x, r*x*y - s*z, r*x*z + s*y],[r*x*y + s*z, c + r*y*y, r*y*z - s*x],[r*x*z - s*y, r*y*z + s*x, c + r*z*z]];
    const f = [0,1,2].map(() => rng.uniform() < 0.5 ? -1 : 1);
    for (let i = 0; i < window.length; i += 3) {
      const [p, q, t] = [window[i]! * f[0]!, window[i+1]! * f[1]!, window[i+2]! * f[2]!];
      for (let k = 0; k < 3; k++) into[i+k] = R[k]![0]!*p + R[k]![1]!*q + R[k]![2]!*t;
    }
  };
}
