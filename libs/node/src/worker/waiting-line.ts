/** First come, first served: things that wait to be taken, and takers that wait for things. */

export interface WaitingLine<T> {
  /**
   * Puts an item at the end. The result takes it away again; it does nothing once somebody has taken the item.
   *
   * @throws Error once the line is closed: nobody would ever take the item.
   */
  add(item: T): () => void;
  /** The item at the front, as soon as there is one; undefined once the line is closed. */
  take(): Promise<T | undefined>;
  /** Sends all takers away and returns the items that nobody took. */
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
