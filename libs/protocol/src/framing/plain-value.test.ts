import { describe, expect, it } from 'vitest';
import { requirePlainValue } from './plain-value.js';

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

describe('a plain value', () => {
  const plain: readonly (readonly [string, Uint8Array])[] = [
    ['nothing', bytes(0xc0)],
    ['yes', bytes(0xc3)],
    ['small numbers', bytes(0x93, 0x00, 0x7f, 0xff)],
    ['numbers of all widths', bytes(0x94, 0xcc, 1, 0xcd, 1, 2, 0xce, 1, 2, 3, 4, 0xcb, 1, 2, 3, 4, 5, 6, 7, 8)],
    ['negative numbers', bytes(0x93, 0xd0, 1, 0xd1, 1, 2, 0xd2, 1, 2, 3, 4)],
    ['text', bytes(0xa2, 0x61, 0x62)],
    ['text with a length', bytes(0xd9, 2, 0x61, 0x62)],
    ['bytes', bytes(0xc5, 0, 2, 9, 9)],
    ['an empty map', bytes(0x80)],
    ['an empty list inside a map', bytes(0x81, 0xa1, 0x61, 0x90)],
    ['a list with a length', bytes(0xdc, 0, 2, 1, 2)],
    ['a map with a length', bytes(0xde, 0, 1, 0xa1, 0x61, 1)],
    ['the same key in two maps', bytes(0x92, 0x81, 0xa1, 0x61, 1, 0x81, 0xa1, 0x61, 1)],
    ['a key as a value', bytes(0x82, 0xa1, 0x61, 0xa1, 0x61, 0xa1, 0x62, 0xa1, 0x61)],
  ];

  it.each(plain)('may hold %s', (_, frame) => {
    expect(() => {
      requirePlainValue(frame);
    }).not.toThrow();
  });

  const other: readonly (readonly [string, Uint8Array, string])[] = [
    ['no value', bytes(), 'cut short'],
    ['half a number', bytes(0xcb, 0, 0), 'cut short'],
    ['half a text', bytes(0xa5, 0x61), 'cut short'],
    ['half a length', bytes(0xdb, 0, 0), 'cut short'],
    ['a list that promises more than there is', bytes(0xdd, 0xff, 0xff, 0xff, 0xff, 1), 'cut short'],
    ['a map without its last value', bytes(0x81, 0xa1, 0x61), 'cut short'],
    ['a second value', bytes(0x01, 0x02), '1 bytes follow'],
    ['a 64-bit whole number', bytes(0xcf, 0, 0, 0, 0, 0, 0, 0, 1), 'kind 0xcf at byte 0'],
    ['the unused kind', bytes(0x91, 0xc1), 'kind 0xc1 at byte 1'],
    ['a record', bytes(0xd4, 0x72, 0x40, 0x91, 0xa1, 0x61, 0x01), 'kind 0xd4'],
    ['a regular expression', bytes(0xc7, 0, 0x78, 0x92, 0xa1, 0x61, 0xa0), 'kind 0xc7'],
    ['a date', bytes(0xd6, 0xff, 0, 0, 0, 1), 'kind 0xd6'],
    ['a key twice', bytes(0x82, 0xa1, 0x61, 1, 0xa1, 0x61, 2), 'the key "a" twice in one map'],
    ['a key twice in two encodings', bytes(0x82, 0xa1, 0x61, 1, 0xd9, 1, 0x61, 2), 'the key "a" twice in one map'],
    ['a key twice around a map', bytes(0x82, 0xa1, 0x61, 0x81, 0xa1, 0x62, 1, 0xa1, 0x61, 2), 'the key "a" twice'],
    ['a number for a key', bytes(0x81, 1, 2), 'a key that is no text'],
    ['a key that is not UTF-8', bytes(0x81, 0xa1, 0xff, 2), 'a key that is no text'],
    ['lists too deep', Uint8Array.from([...new Array<number>(40).fill(0x91), 0xc0]), 'more than 32'],
  ];

  it.each(other)('may not hold %s', (_, frame, reason) => {
    expect(() => {
      requirePlainValue(frame);
    }).toThrow(reason);
  });

  it('may hold as many values as it is allowed, each key and member counted', () => {
    const frame = bytes(0x81, 0xa1, 0x61, 0x92, 1, 2); // the map, its key, the list and its two members
    expect(() => {
      requirePlainValue(frame, 5);
    }).not.toThrow();
    expect(() => {
      requirePlainValue(frame, 4);
    }).toThrow('more than 4 values');
  });

  it('is looked through in time that grows with its length, however deep it goes', () => {
    expect(() => {
      requirePlainValue(new Uint8Array(10_000_000).fill(0x91));
    }).toThrow('more than 32');
  });
});
