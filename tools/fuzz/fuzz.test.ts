import { expect, it } from 'vitest';
import { fuzzCodec } from './fuzz-codec.js';
import { fuzzService } from './fuzz-service.js';

it('no frame does more harm to a decoder than a refusal', () => {
  const { accepted, refused } = fuzzCodec(1, 20_000);
  const refusals = Object.values(refused).reduce((sum, count) => sum + count);
  expect(accepted + refusals).toBe(2 * 20_000);
  expect(accepted).toBeGreaterThan(0); // what is spoiled only a little gets as far as a message
  expect(Object.keys(refused)).toEqual(
    expect.arrayContaining([
      'cut short',
      'too deep',
      'too many values',
      'a field',
      'a kind of value that no message has',
    ]),
  );
});

it('no hostile connection to a coordinator changes what its honest clients learn', async () => {
  const { ends, refusals, parametersSha256, maxMemory } = await fuzzService({ seed: 1, frames: 500 });
  expect(ends).toEqual({ heard: 500, 'cut off': 0, unanswered: 0, 'not connected': 0 });
  expect(refusals['malformed']).toBeGreaterThan(100);
  expect(refusals['not-enrolled']).toBeGreaterThan(40);
  expect(refusals['damaged']).toBeGreaterThan(10);
  expect(parametersSha256[1]).toBe(parametersSha256[0]);
  const [before, after] = maxMemory;
  expect(after - before).toBeLessThan(150);
});
