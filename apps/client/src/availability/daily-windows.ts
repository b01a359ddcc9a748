/** Times of the day at which a client takes tasks, by its own clock. */

import { InvalidArgumentError } from 'commander';

/** From one minute of the day until before another; past midnight where the start is later than the end. */
export interface DailyWindow {
  /** 0 to 1439. */
  readonly start: number;
  /** 1 to 1440. */
  readonly end: number;
}

const MINUTES_OF_DAY = 1440;

/**
 * Parses windows such as `22:00-06:00,12:30-13:30`, and appends them to those of earlier options.
 *
 * @throws InvalidArgumentError for text that is no window
 */
export function parseWindows(text: string, earlier: readonly DailyWindow[] = []): readonly DailyWindow[] {
  return [...earlier, ...text.split(',').map((part) => parseWindow(part.trim()))];
}

function parseWindow(text: string): DailyWindow {
  const [, start, end] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? [];
  const window = { start: minuteOf(start), end: minuteOf(end) };
  if (!(window.start < MINUTES_OF_DAY && window.end <= MINUTES_OF_DAY && window.start !== window.end)) {
    throw new InvalidArgumentError(`Expected times such as 22:00-06:00, found "${text}".`);
  }
  return window.end === 0 ? { ...window, end: MINUTES_OF_DAY } : window;
}

/** The minute of the day; NaN where the text is no time of a day. 24:00 is valid as an end. */
function minuteOf(text = ''): number {
  const [hours = NaN, minutes = NaN] = text.split(':').map(Number);
  return minutes < 60 ? hours * 60 + minutes : NaN;
}

/** Whether the time is in one of the windows. A window includes its start but not its end. */
export function isWithin(windows: readonly DailyWindow[], time: Date): boolean {
  const minute = time.getHours() * 60 + time.getMinutes();
  return windows.some(({ start, end }) =>
    start < end ? minute >= start && minute < end : minute >= start || minute < end,
  );
}

/** The time at which the next window begins or ends by the clock, even if the clock changes before; undefined for none. */
export function nextBoundary(windows: readonly DailyWindow[], time: Date): Date | undefined {
  const boundaries = windows.flatMap(({ start, end }) => [start, end]).map((minute) => nextTimeAt(minute, time));
  return boundaries.toSorted((a, b) => a.getTime() - b.getTime())[0];
}

function nextTimeAt(minute: number, time: Date): Date {
  const onDay = (day: number): Date =>
    new Date(time.getFullYear(), time.getMonth(), time.getDate() + day, 0, minute % MINUTES_OF_DAY);
  const today = onDay(0);
  return today > time ? today : onDay(1);
}

/** The windows in the form in which they are parsed. */
export function windowsText(windows: readonly DailyWindow[]): string {
  return windows.map(({ start, end }) => `${clockText(start)}-${clockText(end)}`).join(', ');
}

function clockText(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
