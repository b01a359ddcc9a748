import { describe, expect, it } from 'vitest';
import { waitingLine } from './waiting-line.js';

const [ann, ben, eve] = [{ name: 'ann' }, { name: 'ben' }, { name: 'eve' }];

describe('a waiting line', () => {
  it('serves first who came first', async () => {
    const line = waitingLine<{ name: string }>();
    line.add(ann);
    line.add(ben);
    expect([await line.take(), await line.take()]).toEqual([ann, ben]);
  });

  it('lets takers wait, each for an item of its own', async () => {
    const line = waitingLine<{ name: string }>();
    const taken = Promise.all([line.take(), line.take()]);
    line.add(ann);
    line.add(ben);
    expect(await taken).toEqual([ann, ben]);
  });

  it('lets an item leave before it is taken', async () => {
    const line = waitingLine<{ name: string }>();
    line.add(ann);
    const leave = line.add(ben);
    line.add(eve);
    leave();
    expect([await line.take(), await line.take()]).toEqual([ann, eve]);
  });

  it('sends takers away when it closes', async () => {
    const line = waitingLine<{ name: string }>();
    const waiting = line.take();
    expect(line.close()).toEqual([]);
    expect(await waiting).toBeUndefined();
    expect(await line.take()).toBeUndefined();
  });

  it('gives back what nobody took when it closes, and lets nothing in afterwards', () => {
    const line = waitingLine<{ name: string }>();
    line.add(ann);
    expect(line.close()).toEqual([ann]);
    expect(() => line.add(ben)).toThrow('the waiting line is closed');
  });
});
