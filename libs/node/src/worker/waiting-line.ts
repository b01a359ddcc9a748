/** A first-come, first-served queue of items that wait to be taken and takers that wait for items. */

export interface WaitingLine<T> {
  /**
   * Adds an item at the end. The returned function removes it again, which does nothing once the item has been taken.
   *
   * @throws Error once the line is closed, because nobody would ever take the item.
   */
  add(item: T): () => void;
  /** The first item, as soon as there is one; undefined once the line is closed. */
  take(): Promise<T | undefined>;
  /** Dismisses all takers and returns the items that were not taken. */
  close(): readonly T[];
}

export function waitingLine<T extends object>(): WaitingLine<T> {
  const items = new Set<T>(); // keeps their order, and forgets one quickly
  const takers: ((item: T | undefined) => void)[] = [];
  let open = true;
  const takeFirst = (): T | undefined => {
    for (const item of items) {
      items.delete(item);
      return item;
    }
    return undefined;
  };
  return {
    add: (item) => {
      if (!open) {
        throw new Error('the waiting line is closed');
      }
      const taker = takers.shift();
      if (taker) {
        taker(item);
      } else {
        items.add(item);
      }
      return () => {
        items.delete(item);
      };
    },
    take: () => {
      const first = takeFirst();
      return first || !open ? Promise.resolve(first) : new Promise((resolve) => takers.push(resolve));
    },
    close: () => {
      open = false;
      takers.splice(0).forEach((taker) => {
        taker(undefined);
      });
      const left = [...items];
      items.clear();
      return left;
    },
  };
}
