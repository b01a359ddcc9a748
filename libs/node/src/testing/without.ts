/** A copy of a record without some of its keys. */

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export function without<T extends object, K extends PropertyKey>(record: T, ...keys: readonly K[]): Without<T, K> {
  const left = Object.entries(record).filter(([key]) => !(keys as readonly PropertyKey[]).includes(key));
  return Object.fromEntries(left) as Without<T, K>;
}
