/** Reads decimal numbers from the bytes of a cell, to the bit as `Number` reads them from text. */

const [ZERO, PLUS, MINUS, SPACE, TAB, UPPER_E, LOWER_E] = [48, 43, 45, 32, 9, 69, 101];

/** As many digits fit into a Float64 without rounding, whatever they are: 10^15 is below 2^53. */
const EXACT_DIGITS = 15;
/** As many more are kept beside them: programs write 17 digits to distinguish any two numbers. */
const TAIL_DIGITS = 4;

/** The powers of ten that a Float64 holds without rounding. */
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** What {@link readDigits} found. */
interface Digits {
  /** The first {@link EXACT_DIGITS} digits as a whole number, without the point. */
  whole: number;
  /** The digits after them, up to {@link TAIL_DIGITS}. */
  tail: number;
  /** Number of digits from the first that is not zero on. */
  significant: number;
  /** Number of digits after the point. */
  decimals: number;
  /** Index of the first byte that is no digit and no point. */
  end: number;
}

/** There is one thread and no call within a call, so that the result of {@link readDigits} needs no new object. */
const digits: Digits = { whole: 0, tail: 0, significant: 0, decimals: 0, end: 0 };

/**
 * The number in the bytes `start` to `end` - 1: an optional sign, decimal digits with at most one decimal sign, and an
 * optional exponent, with blanks around it. Anything else is NaN: words, hexadecimal numbers, thousands separators.
 *
 * Up to 15 digits and a power of ten up to 22 are exact in a Float64, and so one multiplication or division rounds
 * correctly (Clinger, "How to Read Floating Point Numbers Accurately", PLDI 1990, section 3). Up to 19 digits are
 * divided in twice the precision. What is left goes to `Number`.
 *
 * @param decimal - Code of the decimal sign: that of a point or of a comma.
 */
export function cellNumber(bytes: Uint8Array, start: number, end: number, decimal: number): number {
  const first = afterBlanks(bytes, start, end);
  const last = beforeBlanks(bytes, first, end);
  const sign = bytes[first];
  const from = sign === MINUS || sign === PLUS ? first + 1 : first;
  if (first === last || !readDigits(bytes, from, last, decimal)) {
    return Number.NaN;
  }
  const exponent = digits.end === last ? 0 : readExponent(bytes, digits.end, last);
  if (Number.isNaN(exponent)) {
    return Number.NaN;
  }
  const size = sizeOf(exponent - digits.decimals);
  if (size === undefined) {
    return Number(textOf(bytes, first, last, decimal));
  }
  return sign === MINUS ? -size : size;
}

/** The {@link digits} times a power of ten, rounded correctly; undefined where that takes more than this file does. */
function sizeOf(power: number): number | undefined {
  const { whole, tail, significant } = digits;
  if (power < -22 || power > 22) {
    return undefined;
  }
  if (significant <= EXACT_DIGITS) {
    return power < 0 ? whole / POWERS[-power]! : whole * POWERS[power]!;
  }
  return significant > EXACT_DIGITS + TAIL_DIGITS || power > 0
    ? undefined
    : quotient(whole, POWERS[significant - EXACT_DIGITS]!, tail, POWERS[-power]!);
}

/**
 * (whole * shift + tail) / divisor. The remainder of the rounded quotient, which Dekker's product gives exactly, says by
 * how much it is wrong; where that leaves open which of two numbers is nearest, it is undefined.
 */
function quotient(whole: number, shift: number, tail: number, divisor: number): number | undefined {
  const product = whole * shift;
  const rest = productError(whole, shift, product) + tail;
  const rounded = product / divisor;
  const back = rounded * divisor;
  const correction = (product - back - productError(rounded, divisor, back) + rest) / divisor;
  const [low, high] = [rounded + correction * (1 - CLOSE), rounded + correction * (1 + CLOSE)];
  return low === high ? low : undefined;
}

/** Far above the relative error of a correction, 2^-50. */
const CLOSE = 2 ** -40;

/** The exact a * b - product (Dekker, "A floating-point technique for extending the available precision", 1971). */
function productError(a: number, b: number, product: number): number {
  const aHigh = highHalf(a);
  const bHigh = highHalf(b);
  const [aLow, bLow] = [a - aHigh, b - bHigh];
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

function highHalf(value: number): number {
  const scaled = value * (2 ** 27 + 1);
  return scaled - (scaled - value);
}

function afterBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === SPACE || bytes[at] === TAB)) {
    at++;
  }
  return at;
}

function beforeBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && (bytes[at - 1] === SPACE || bytes[at - 1] === TAB)) {
    at--;
  }
  return at;
}

/** Puts what it finds into {@link digits}; false where there is no digit. */
function readDigits(bytes: Uint8Array, start: number, end: number, decimal: number): boolean {
  digits.whole = 0;
  digits.tail = 0;
  digits.significant = 0;
  digits.decimals = 0;
  digits.end = readRun(bytes, start, end);
  const before = digits.end - start;
  if (digits.end < end && bytes[digits.end] === decimal) {
    const from = digits.end + 1;
    digits.end = readRun(bytes, from, end);
    digits.decimals = digits.end - from;
  }
  return before + digits.decimals > 0;
}

/** Appends the digits from `start` on to {@link digits}, and returns the index behind them. */
function readRun(bytes: Uint8Array, start: number, end: number): number {
  let { whole, tail, significant } = digits;
  let at = start;
  for (; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) {
      break;
    }
    if (significant < EXACT_DIGITS) {
      whole = whole * 10 + digit;
    } else if (significant < EXACT_DIGITS + TAIL_DIGITS) {
      tail = tail * 10 + digit;
    }
    if (significant > 0 || digit > 0) {
      significant++;
    }
  }
  digits.whole = whole;
  digits.tail = tail;
  digits.significant = significant;
  return at;
}

/** The exponent that begins at `start` with an e; NaN where it does not, or has other than one to four digits. */
function readExponent(bytes: Uint8Array, start: number, end: number): number {
  const isExponent = bytes[start] === LOWER_E || bytes[start] === UPPER_E;
  const sign = bytes[start + 1];
  const from = sign === MINUS || sign === PLUS ? start + 2 : start + 1;
  const text = isExponent && end <= from + 4 ? textOf(bytes, from, end, 0) : '';
  const size = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return sign === MINUS ? -size : size;
}

/** The text of a number, whose bytes are one character each, with a decimal point. */
function textOf(bytes: Uint8Array, start: number, end: number, decimal: number): string {
  let text = '';
  for (let at = start; at < end; at++) {
    text += bytes[at] === decimal ? '.' : String.fromCharCode(bytes[at]!);
  }
  return text;
}

const encoder = new TextEncoder();

/** The decimal number in a text; NaN where it is none. */
export function numberIn(text: string): number {
  const bytes = encoder.encode(text);
  return cellNumber(bytes, 0, bytes.length, '.'.charCodeAt(0));
}
