import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellNumber } from './cell-number.js';

const [POINT, COMMA] = [46, 44];

function read(text: string, decimal = POINT): number {
  const bytes = new TextEncoder().encode(`|${text}|`);
  return cellNumber(bytes, 1, bytes.length - 1, decimal);
}

/** A decimal number with any number of digits on either side of the point. */
const decimals = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    fc.stringMatching(/^[0-9]{0,25}$/),
    fc.stringMatching(/^[0-9]{0,25}$/),
    fc.constantFrom('', 'e0', 'E5', 'e-7', 'e+22', 'E-300', 'e308'),
  )
  .filter(([, whole, fraction]) => whole + fraction !== '')
  .map(([sign, whole, fraction, exponent]) => `${sign}${whole}.${fraction}${exponent}`);

describe('a number in a cell', () => {
  test('is to the bit what Number reads', () => {
    fc.assert(
      fc.property(decimals, (text) => {
        expect(read(text)).toBe(Number(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('is read back from its shortest text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(read(String(value))).toBe(Number(String(value)));
      }),
      { numRuns: 2000 },
    );
  });

  test('halfway between two Float64 numbers is rounded to the even one', () => {
    expect(read('9007199254740993')).toBe(9007199254740992);
    expect(read('9007199254740995')).toBe(9007199254740996);
    expect(read('4503599627370496.5')).toBe(4503599627370496);
    expect(read('4503599627370497.5')).toBe(4503599627370498);
  });

  test('may have blanks around it, and no digit on one side of the point', () => {
    expect([' 1.5\t', '+2', '.5', '5.', '-0'].map((text) => read(text))).toEqual([1.5, 2, 0.5, 5, -0]);
  });

  test('may have a decimal comma', () => {
    expect(read('-0,98', COMMA)).toBe(-0.98);
    expect(read('0,123456789012345678', COMMA)).toBe(0.123456789012345678);
    expect(read('0.98', COMMA)).toBeNaN();
  });
});

test.each(['', ' ', '-', '.', '-.', 'e5', '1e', '1e+', '1e5.0', '0x1F', '0b11', '0o17', '1_000', '1,000', '1 000'])(
  'no number: %j',
  (text) => {
    expect(read(text)).toBeNaN();
  },
);

test.each(['NaN', 'Infinity', '1.2.3', '--1', '1-', '٣', '−1', '1px'])('no number: %j', (text) => {
  expect(read(text)).toBeNaN();
});
