/** Finds out from the names and values of columns what they mean. */

import type { AccelerationUnit, CsvManifest } from '@gaitway/core/data';
import { isNumber, type TableSample } from './table-sample.js';

type Column = string | number;

/** What was inferred, and from what. */
export interface Inferred<Value> {
  readonly value: Value;
  /** Such as `column "acc_x" by its name`. */
  readonly from: string;
}

/** What the columns of a table mean; absent where nothing tells. */
export interface InferredColumns {
  readonly channels?: Inferred<CsvManifest['channels']>;
  readonly time?: Inferred<NonNullable<CsvManifest['time']>>;
  readonly person?: Inferred<Column>;
  readonly activity?: Inferred<Column>;
}

const names = {
  person: /^(person|subject|user|participant|who)([ _-]?(id|name|number))?$/i,
  activity: /^(activity|label|class|gt|ground[ _-]?truth|annotation)([ _-]?(id|name))?$/i,
  time: /time|epoc|^t$|^t[ _(]|seconds|^date/i,
};

/** Other sensors, and parts of an acceleration. */
const NO_ACCELERATION = /gyr|mag|rot|angular|roll|pitch|yaw|quat|orient|attitude|heading/i;
const PARTS = { gravity: /grav/i, own: /user|linear|body/i };

/** The meaning of the columns of a table. */
export function inferColumns(sample: TableSample): InferredColumns {
  const channels = inferChannels(sample);
  const time = inferTime(sample, Object.values(channels?.value ?? {}).flat());
  const person = byName(sample, names.person);
  const activity = byName(sample, names.activity);
  return {
    ...(channels && { channels }),
    ...(time && { time }),
    ...(person && { person }),
    ...(activity && { activity }),
  };
}

function byName({ columns }: TableSample, pattern: RegExp): Inferred<Column> | undefined {
  const found = columns.find((name) => typeof name === 'string' && pattern.test(name));
  return found === undefined ? undefined : { value: found, from: `column "${found}" by its name` };
}

function inferChannels(sample: TableSample): InferredColumns['channels'] {
  const ofAxis = axes.map((axis) => axisColumns(sample.columns, axis));
  const plain = onlyColumns(ofAxis, 'plain');
  if (plain) {
    return { value: channelsOf(plain), from: `columns ${plain.join(', ')} by their names` };
  }
  const [gravity, own] = [onlyColumns(ofAxis, 'gravity'), onlyColumns(ofAxis, 'own')];
  return gravity && own
    ? {
        value: channelsOf(gravity.map((column, axis) => [column, own[axis] ?? ''])),
        from: 'gravity and the rest, which are added',
      }
    : channelsByValues(sample);
}

const axes = ['x', 'y', 'z'];

function channelsOf(columns: readonly (Column | readonly Column[])[]): CsvManifest['channels'] {
  return Object.fromEntries(columns.map((column, index) => [axes[index] ?? '', column]));
}

/** The column of that kind for each axis, where each has one. */
function onlyColumns(
  ofAxis: readonly (readonly string[])[],
  kind: ReturnType<typeof kindOf>,
): readonly string[] | undefined {
  const own = ofAxis.map((columns) => columns.filter((column) => kindOf(column) === kind));
  return own.every(({ length }) => length === 1) ? own.flat() : undefined;
}

function kindOf(column: string): 'gravity' | 'own' | 'plain' {
  return PARTS.gravity.test(column) ? 'gravity' : PARTS.own.test(column) ? 'own' : 'plain';
}

/** Columns of that axis that may be an acceleration: those that say so, where some do. */
function axisColumns(columns: readonly Column[], axis: string): readonly string[] {
  const pattern = new RegExp(`(^|[^a-z])${axis}([ _-]?axis)?([^a-z]|$)|[a-z]${axis.toUpperCase()}([^a-z]|$)`);
  const fitting = columns.filter((name): name is string => {
    const text = String(name);
    const isAxis =
      pattern.test(text) || text.toLowerCase() === axis || new RegExp(`acc[a-z]*[ _-]?${axis}$`, 'i').test(text);
    return typeof name === 'string' && isAxis && !NO_ACCELERATION.test(text);
  });
  const named = fitting.filter((name) => /acc/i.test(name));
  return named.length > 0 ? named : fitting;
}

/** Without names: the three columns of numbers, where there are no more, leaving out what rises from row to row. */
function channelsByValues({ columns, rows }: TableSample): InferredColumns['channels'] {
  const numeric = columns.filter((_, place) => {
    const values = rows.map((row) => row[place] ?? '');
    return values.every(isNumber) && !isRising(values.map(Number)) && values.some((value) => value.includes('.'));
  });
  const [x, y, z, more] = numeric;
  return x === undefined || y === undefined || z === undefined || more !== undefined
    ? undefined
    : { value: { x, y, z }, from: `columns ${numeric.join(', ')}, the only three with decimals` };
}

function isRising(values: readonly number[]): boolean {
  return values.length > 2 && values.every((value, index) => index === 0 || value >= (values[index - 1] ?? 0));
}

/** So many to a second. */
const units = { s: 1, ms: 1e3, us: 1e6, ns: 1e9 } as const;

function inferTime({ columns, rows }: TableSample, used: readonly Column[]): InferredColumns['time'] {
  return columns
    .map((column, place) => ({ column, values: rows.map((row) => row[place] ?? '') }))
    .filter(({ column }) => !used.includes(column) && (typeof column === 'number' || names.time.test(column)))
    .map(({ column, values }) => timeIn(column, values))
    .find((time) => time !== undefined);
}

function timeIn(column: Column, values: readonly string[]): InferredColumns['time'] {
  if (values.every((value) => /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/.test(value))) {
    return { value: { column, unit: 'iso' }, from: `column "${column}", which holds dates` };
  }
  const times = values.map((value) => (isNumber(value) ? Number(value) : Number.NaN));
  const steps = times.slice(1).map((value, index) => value - (times[index] ?? 0));
  const rising = steps.filter((step) => step > 0).toSorted((one, other) => one - other);
  const typical = rising[Math.floor(rising.length / 2)] ?? 0;
  const isCount = steps.every((step) => step === 1);
  const unit = (['s', 'ms', 'us', 'ns'] as const).find((name) => isInterval(typical / units[name]));
  if (!unit || isCount || !isRising(times)) {
    return undefined;
  }
  const rate = Math.round((10 * units[unit]) / typical) / 10;
  return {
    value: { column, unit },
    from: `column "${column}", which rises by ${rate} rows a second if it is in ${unit}`,
  };
}

/** Between rows of a sensor there are 1 to 100 ms. */
function isInterval(seconds: number): boolean {
  return seconds >= 0.001 && seconds <= 0.1;
}

/** Magnitudes of about 1 g in each unit. */
const magnitudes: readonly (readonly [AccelerationUnit, number])[] = [
  ['g', 1],
  ['m/s^2', 9.81],
  ['mg', 1000],
];

/** The unit of the channels, from their values; undefined where these fit none. */
export function inferUnit(
  { columns, rows }: TableSample,
  channels: CsvManifest['channels'],
): Inferred<AccelerationUnit> | undefined {
  const places = Object.values(channels).map((own) => [own].flat().map((column) => columns.indexOf(column)));
  const all = rows
    .map((row) => Math.hypot(...places.map((own) => own.reduce((sum, place) => sum + Number(row[place]), 0))))
    .filter(Number.isFinite);
  return unitOfMagnitude(all);
}

/** The unit in which these magnitudes are about 1 g; undefined where they are in none. */
export function unitOfMagnitude(all: readonly number[]): Inferred<AccelerationUnit> | undefined {
  const median = all.toSorted((one, other) => one - other)[Math.floor(all.length / 2)] ?? 0;
  const found = magnitudes.find(([, gravity]) => median > 0.7 * gravity && median < 1.6 * gravity);
  return found && { value: found[0], from: `the median magnitude of ${Number(median.toPrecision(3))}` };
}
