import { describe, expect, it } from 'vitest';
import type { Answer } from '@gaitway/protocol';
import { messageEncoder } from './channel.js';

const reply = { kind: 'abstain', stage: 'student', round: 1, reason: 'nothing to learn from', windows: 0 } as const;
const answer: Answer = { kind: 'answer', id: 3, reply };

describe('an answer that is encoded again', () => {
  it('is the same outgoing message, so that it goes on from what has arrived of it', () => {
    const pack = messageEncoder();
    expect(pack(answer)).toBe(pack({ ...answer }));
  });

  it('is another outgoing message under another id, and where it was made again', () => {
    const pack = messageEncoder();
    const names = [answer, { ...answer, id: 4 }, { ...answer, reply: { ...reply } }].map((each) => pack(each).name);
    expect(new Set(names).size).toBe(3);
  });
});
