/** Units of acceleration; internally, everything is in g. */

/** Standard gravity in m/s^2 (ISO 80000-3). */
const STANDARD_GRAVITY = 9.80665;

export const accelerationUnits = ['g', 'm/s^2'] as const;

export type AccelerationUnit = (typeof accelerationUnits)[number];

/** Factors that convert each unit to g. */
export const gPerUnit: Readonly<Record<AccelerationUnit, number>> = { g: 1, 'm/s^2': 1 / STANDARD_GRAVITY };
