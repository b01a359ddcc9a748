/** Reads dates with a time of day as ISO 8601 writes them, and as spreadsheets and pandas do. */

const FORM =
  /^(\d{4})-(\d\d)-(\d\d)(?:T| +)(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?: *(Z|[+-]\d\d:?\d\d))?$/;

/**
 * Seconds since 1970 began in UTC; undefined for another text, or a date that does not exist. A time without a zone is
 * taken as UTC, so that no hour is missing or repeated where clocks are changed.
 */
export function isoSeconds(text: string): number | undefined {
  const [, year, month, day, hour, minute, second, fraction = '0', zone = 'Z'] = FORM.exec(text) ?? [];
  if (year === undefined) {
    return undefined;
  }
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const whole = Date.UTC(y, mo - 1, d, h, mi, s);
  const date = new Date(whole);
  const isDate = date.getUTCMonth() === mo - 1 && date.getUTCDate() === d;
  const isTime = date.getUTCHours() === h && date.getUTCMinutes() === mi && date.getUTCSeconds() === s;
  return isDate && isTime ? whole / 1000 - zoneSeconds(zone) + Number(`0.${fraction}`) : undefined;
}

function zoneSeconds(zone: string): number {
  if (zone === 'Z') {
    return 0;
  }
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return (zone.startsWith('-') ? -60 : 60) * (60 * hours + minutes);
}
