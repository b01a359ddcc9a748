/** Formats numbers and times for reports. */

import type { Interval } from '@gaitway/core';

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });

/** Shown where a figure is undefined. */
export const NO_FIGURE = '–';

/** A figure between 0 and 1, such as an F1: `0.881`. */
export function score(value: number | null): string {
  return value === null ? NO_FIGURE : value.toFixed(3).replace('-', '−');
}

/** A figure with its interval, where there is one: `0.881 [0.85, 0.91]`. */
export function estimate(value: number | null, interval: Interval | undefined): string {
  return interval ? `${score(value)} [${interval.low.toFixed(2)}, ${interval.high.toFixed(2)}]` : score(value);
}

/** The difference of two figures in points, a point being 0.01: `+9.7`. */
export function points(from: number | null, to: number | null): string {
  if (from === null || to === null) {
    return NO_FIGURE;
  }
  const text = Math.abs((to - from) * 100).toFixed(1);
  if (Number(text) === 0) {
    return '0.0';
  }
  return `${to > from ? '+' : '−'}${text}`;
}

/** A figure that may be negative, always with a sign: `+0.013`. */
export function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${score(value)}`;
}

/** A learning rate, however small: `0.00015`. */
export function learningRate(rate: number): string {
  return String(Number(rate.toPrecision(3)));
}

/** A count: `4,611`. */
export function count(value: number): string {
  return whole.format(value);
}

/** A count that a client may have withheld: `4,611`, or `withheld`. */
export function countOrWithheld(value: number | null): string {
  return value === null ? 'withheld' : count(value);
}

/** A count with a noun: `1 window`, `4,611 windows`. */
export function counted(value: number, singular: string): string {
  return `${count(value)} ${singular}${value === 1 ? '' : 's'}`;
}

/** A part of a whole: `39%`, or `<1%` where it rounds to 0 but is not 0; a dash where the whole is empty. */
export function share(part: number, all: number): string {
  if (all === 0) {
    return NO_FIGURE;
  }
  const percent = Math.round((100 * part) / all);
  if (percent === 0 && part > 0) {
    return '<1%';
  }
  return percent === 100 && part < all ? '>99%' : `${percent}%`;
}

/** A duration: `0.8 s`, `48 s`, `3 min 12 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) {
    return `${seconds.toFixed(1)} s`;
  }
  const rounded = Math.round(seconds);
  if (rounded < 60) {
    return `${rounded} s`;
  }
  const minutes = Math.floor(rounded / 60);
  return minutes < 60 ? `${minutes} min ${rounded % 60} s` : `${count(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** A number of bytes in decimal units: `1.56 MB`. */
export function bytes(value: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  const scaled = value / 1000 ** power;
  const decimals = power === 0 || scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2;
  return `${scaled.toFixed(decimals)} ${units[power] ?? ''}`;
}

/** A date: `5 March 2026`, in UTC. */
export function date(iso: string): string {
  return day.format(new Date(iso));
}

/** A time of day: `18:04`, in UTC. */
export function timeOfDay(iso: string): string {
  return time.format(new Date(iso));
}

/** One line for each row; each column is as wide as its widest cell. */
export function alignedRows(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
}
