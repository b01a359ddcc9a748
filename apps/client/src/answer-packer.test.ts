import { describe, expect, it } from 'vitest';
import type { Answer } from '@gaitway/protocol';
import { answerPacker } from './answer-packer.js';

const reply = { kind: 'abstain', stage: 'student', round: 1, reason: 'nothing to learn from', windows: 0 } as const;
const answer: Answer = { kind: 'answer', id: 3, reply };

describe('an answer that is packed again', () => {
  it('is the same outgoing, so that it goes on from what has arrived of it', () => {
    const pack = answerPacker();
    expect(pack(answer)).toBe(pack({ ...answer }));
  });

  it('is another outgoing under another id, and where it was made again', () => {
    const pack = answerPacker();
    const names = [answer, { ...answer, id: 4 }, { ...answer, reply: { ...reply } }].map((each) => pack(each).name);
    expect(new Set(names).size).toBe(3);
  });
});
