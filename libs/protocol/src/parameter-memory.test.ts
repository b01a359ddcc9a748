import { describe, expect, it } from 'vitest';
import { parameterMemory } from './parameter-memory.js';

const names = ['a', 'b', 'c', 'd', 'e'];

describe('the memory of parameters', () => {
  it('keeps the newest four', () => {
    const memory = parameterMemory<string>();
    names.forEach((name) => {
      memory.remember(name, name.toUpperCase());
    });
    expect(names.map((name) => memory.get(name))).toEqual([undefined, 'B', 'C', 'D', 'E']);
    expect(memory.digests()).toEqual(['b', 'c', 'd', 'e']);
  });

  it('takes those that come again for new ones, and counts them once', () => {
    const memory = parameterMemory<string>(2);
    ['a', 'b', 'a', 'c'].forEach((name) => {
      memory.remember(name, name);
    });
    expect(memory.digests()).toEqual(['a', 'c']);
  });

  it('does not take those that are looked at for new ones', () => {
    const memory = parameterMemory<string>(2);
    memory.remember('a', 'a');
    memory.remember('b', 'b');
    memory.get('a');
    memory.remember('c', 'c');
    expect(memory.digests()).toEqual(['b', 'c']);
  });
});
