import { describe, expect, it } from 'vitest';
import { parameterCache } from './parameter-cache.js';

const names = ['a', 'b', 'c', 'd', 'e'];

describe('the cache of parameters', () => {
  it('keeps the newest four', () => {
    const cache = parameterCache<string>();
    names.forEach((name) => {
      cache.add(name, name.toUpperCase());
    });
    expect(names.map((name) => cache.get(name))).toEqual([undefined, 'B', 'C', 'D', 'E']);
    expect(cache.digests()).toEqual(['b', 'c', 'd', 'e']);
  });

  it('takes those that come again for new ones, and counts them once', () => {
    const cache = parameterCache<string>(2);
    ['a', 'b', 'a', 'c'].forEach((name) => {
      cache.add(name, name);
    });
    expect(cache.digests()).toEqual(['a', 'c']);
  });

  it('does not take those that are looked at for new ones', () => {
    const cache = parameterCache<string>(2);
    cache.add('a', 'a');
    cache.add('b', 'b');
    cache.get('a');
    cache.add('c', 'c');
    expect(cache.digests()).toEqual(['b', 'c']);
  });
});
