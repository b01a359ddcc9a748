import { expect, it } from 'vitest';
import { bytesField, integerField, message } from './protobuf.js';

/** The examples of https://protobuf.dev/programming-guides/encoding/. */
it('writes numbers, text and messages in messages as the documentation of the format does', () => {
  expect([...integerField(1, 150)]).toEqual([0x08, 0x96, 0x01]);
  expect([...bytesField(2, 'testing')]).toEqual([0x12, 0x07, ...new TextEncoder().encode('testing')]);
  expect([...bytesField(3, integerField(1, 150))]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
});

it('writes numbers of more than 32 bits, fields from 16 on, and texts of more than 127 bytes', () => {
  expect([...integerField(20, 2 ** 35)]).toEqual([0xa0, 0x01, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]);
  expect([...bytesField(1, 'ä'.repeat(150)).subarray(0, 4)]).toEqual([0x0a, 0xac, 0x02, 0xc3]);
  expect(integerField(1, 0)).toEqual(Uint8Array.of(0x08, 0));
});

it('writes a message as its fields, one after the other', () => {
  expect([...message(integerField(1, 1), message(), bytesField(2, ''))]).toEqual([0x08, 1, 0x12, 0]);
});
