/** Signals that stay the same however the sensor is turned, as long as it is not turned within a window. */

import type { Signals } from './window-features.js';

/**
 * Of the axes of an accelerometer: the magnitude |a|, its vertical part v = a · g and its horizontal part |a - v g|,
 * where g is the direction of the window's mean, and how fast it changes, |a(t + 1) - a(t)|, 0 at the end.
 *
 * @param axes - Three signals; in g.
 */
export function orientationFreeSignals([x, y, z]: Signals): Signals {
  const length = x!.length;
  const [magnitude, vertical, horizontal, change] = Array.from({ length: 4 }, () => new Float64Array(length));
  const mean = [x!, y!, z!].map((s) => s.reduce((a, b) => a + b, 0) / length);
  const norm = Math.sqrt(mean.reduce((s, m) => s + m * m, 0)) || 1;
  const g = mean.map((m) => m / norm);
  for (let t = 0; t < length; t++) {
    const [a, b, c] = [x![t]!, y![t]!, z![t]!];
    magnitude![t] = Math.sqrt(a * a + b * b + c * c);
    const v = a * g[0]! + b * g[1]! + c * g[2]!;
    vertical![t] = v;
    horizontal![t] = Math.sqrt((a - v * g[0]!) ** 2 + (b - v * g[1]!) ** 2 + (c - v * g[2]!) ** 2);
    const n = Math.min(t + 1, length - 1);
    change![t] = Math.sqrt((x![n]! - a) ** 2 + (y![n]! - b) ** 2 + (z![n]! - c) ** 2);
  }
  return [magnitude!, vertical!, horizontal!, change!];
}
