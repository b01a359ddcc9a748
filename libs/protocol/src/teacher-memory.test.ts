import { describe, expect, it } from 'vitest';
import { teacherMemory } from './teacher-memory.js';

const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];

describe('the memory of teachers', () => {
  it('keeps the newest two', () => {
    const memory = teacherMemory<object>();
    memory.remember('a', a);
    memory.remember('b', b);
    memory.remember('c', c);
    expect(['a', 'b', 'c'].map((digest) => memory.recall(digest))).toEqual([undefined, b, c]);
  });

  it('takes a teacher that is used again for a new one', () => {
    const memory = teacherMemory<object>();
    memory.remember('a', a);
    memory.remember('b', b);
    memory.recall('a');
    memory.remember('c', c);
    expect(['a', 'b', 'c'].map((digest) => memory.recall(digest))).toEqual([a, undefined, c]);
  });

  it('counts a teacher that comes twice once', () => {
    const memory = teacherMemory<object>();
    memory.remember('a', a);
    memory.remember('b', b);
    memory.remember('b', b);
    expect(memory.recall('a')).toBe(a);
  });
});
