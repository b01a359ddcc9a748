import { expect, it } from 'vitest';
import { createFarewell } from './farewell.js';

const never = new AbortController().signal;

it('is over when everybody has left, and waits again for one who came back', async () => {
  const farewell = createFarewell();
  farewell.left('ann');
  farewell.left('ben');
  farewell.arrived('ann');
  expect(farewell.missing(['ann', 'ben', 'cid'])).toEqual(['ann', 'cid']);
  farewell.arrived('dot'); // She took part in no round.
  expect(farewell.missing([])).toEqual(['ann', 'dot']);
  farewell.left('dot');
  let over = false;
  const waiting = farewell.untilLeft(['ann', 'cid'], never).then(() => {
    over = true;
  });
  farewell.left('cid');
  await Promise.resolve();
  expect(over).toBe(false);
  farewell.left('ann');
  await waiting;
});

it('waits for nobody when nobody is missing, and no longer than its signal', async () => {
  const farewell = createFarewell();
  await farewell.untilLeft([], never);
  const stop = new AbortController();
  const waiting = farewell.untilLeft(['ann'], stop.signal);
  stop.abort(new Error('long enough'));
  await expect(waiting).rejects.toThrow('long enough');
});
