import { expect, it } from 'vitest';
import { reasonToTell } from './reason-to-tell.js';

it.each([
  ["EACCES: permission denied, mkdir '/home/ann/state of ward 3/memory'", 'EACCES: permission denied, mkdir (a path)'],
  ['/srv/Ann Smith/recordings/a.csv: line 3: expected a number', '(a path): line 3: expected a number'],
  ['cannot open C:\\Users\\ann\\data', 'cannot open (a path)'],
  ['cannot open \\\\server\\ann\\data', 'cannot open (a path)'],
  ['see file:///home/ann/x', 'see (a path)'],
  ['see ~/x', 'see (a path)'],
  ["EACCES: permission denied, mkdir '/srv/o'neill's ward/o'neill'", 'EACCES: permission denied, mkdir (a path)'],
  ["/srv/o'neill.csv: line 3: expected a number", '(a path): line 3: expected a number'],
  ["the client's file '/srv/a: b/c' isn't there", "the client's file (a path) isn't there"],
  ["it can't open /srv/ann, and won't", "it can't open (a path)"],
  ['ward-3/memory/5 is damaged', '(a path) is damaged'],
  [
    'Training diverged at step 3: the loss is no longer a number.',
    'Training diverged at step 3: the loss is no longer a number.',
  ],
  ['one\r\n+ ben joined\u001b[2K', 'one + ben joined [2K'],
  ['a\u2028b\u202ec\ud800d', 'a b c d'],
])('%j is told as %j', (reason, told) => {
  expect(reasonToTell(reason)).toBe(told);
});

it('is cut to the length that a message may have', () => {
  expect(reasonToTell('x'.repeat(5_000))).toHaveLength(2_000);
});
