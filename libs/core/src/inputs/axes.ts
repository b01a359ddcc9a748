/** Finds the channels of a recording that are the axes of its accelerometer. */

/** Indices of x, y and z among the channels. */
export type Axes = readonly [number, number, number];

/**
 * All three channels where there are exactly three; else the first three that have the same name up to a final x, y and
 * z (`acceleration.x`, `acceleration.y`, `acceleration.z`); undefined where there are none.
 */
export function axesOf(channels: readonly string[]): Axes | undefined {
  if (channels.length === 3) {
    return [0, 1, 2];
  }
  for (const [x, name] of channels.entries()) {
    const prefix = /^(.*)x$/i.exec(name)?.[1];
    const [y, z] = ['y', 'z'].map((axis) =>
      channels.findIndex((other) => other.slice(0, -1) === prefix && other.slice(-1).toLowerCase() === axis),
    );
    if (prefix !== undefined && y! >= 0 && z! >= 0) {
      return [x, y!, z!];
    }
  }
  return undefined;
}
