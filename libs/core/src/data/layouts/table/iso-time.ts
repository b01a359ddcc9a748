/** Reads dates with a time of day as ISO 8601 writes them, and as spreadsheets and pandas do. */

const FORM = /^(\d{4})-(\d\d)-(\d\d)(?:T| +)(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?: *(Z|[+-]\d\d:?\d\d))?$/;

/**
 * Seconds since 1970 began in UTC; undefined for another text, or a date that does not exist. A time without a zone is
 * taken as UTC, so that no hour is missing or repeated where clocks are changed.
 */
export function isoSeconds(text: string): number | undefined {
  const [, ...parts] = FORM.exec(text) ?? [];
  const [fraction = '0', zone = 'Z'] = parts.slice(6);
  const seconds = parts.length === 0 ? undefined : secondsOf(parts.slice(0, 6).map(Number));
  return seconds === undefined ? undefined : seconds - zoneSeconds(zone) + Number(`0.${fraction}`);
}

/** Seconds of a year, month, day, hour, minute and second; undefined where they do not exist. */
function secondsOf(parts: readonly number[]): number | undefined {
  const [year, month, day, hour, minute, second] = parts as [number, number, number, number, number, number];
  const exists = [
    [month, 1, 12],
    [day, 1, daysIn(year, month)],
    [hour, 0, 23],
    [minute, 0, 59],
    [second, 0, 59],
  ].every(([value = 0, low = 0, high = 0]) => value >= low && value <= high);
  return exists ? 86_400 * daysSince1970(year, month, day) + 3600 * hour + 60 * minute + second : undefined;
}

function daysIn(year: number, month: number): number {
  return daysSince1970(year + Math.floor(month / 12), (month % 12) + 1, 1) - daysSince1970(year, month, 1);
}

/** Days in the Gregorian calendar. Years are counted from March on, so that the leap day is the last one. */
function daysSince1970(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1;
  const months = (month + 9) % 12;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return 365 * years + leapDays + Math.floor((153 * months + 2) / 5) + day - 1 - 719_468;
}

function zoneSeconds(zone: string): number {
  if (zone === 'Z') {
    return 0;
  }
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return (zone.startsWith('-') ? -60 : 60) * (60 * hours + minutes);
}
