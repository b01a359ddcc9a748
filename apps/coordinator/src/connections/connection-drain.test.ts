import { expect, it } from 'vitest';
import { createConnectionDrain } from './connection-drain.js';

const never = new AbortController().signal;

it('a drain is over when all clients have left, and waits again for one who came back', async () => {
  const drain = createConnectionDrain();
  drain.left('ann');
  drain.left('ben');
  drain.joined('ann');
  expect(drain.remaining(['ann', 'ben', 'cid'])).toEqual(['ann', 'cid']);
  drain.joined('dot'); // She took part in no round.
  expect(drain.remaining([])).toEqual(['ann', 'dot']);
  drain.left('dot');
  let over = false;
  const waiting = drain.untilDrained(['ann', 'cid'], never).then(() => {
    over = true;
  });
  drain.left('cid');
  await Promise.resolve();
  expect(over).toBe(false);
  drain.left('ann');
  await waiting;
});

it('a drain waits for nobody when nobody remains, and no longer than its signal', async () => {
  const drain = createConnectionDrain();
  await drain.untilDrained([], never);
  const stop = new AbortController();
  const waiting = drain.untilDrained(['ann'], stop.signal);
  stop.abort(new Error('long enough'));
  await expect(waiting).rejects.toThrow('long enough');
});
