/** Groups values by a key. */

/** The values of each key, in the order in which they come; `Map.groupBy` is not in Node 20. */
export function grouped<Value>(
  values: Iterable<Value>,
  keyOf: (value: Value) => string,
): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const own = groups.get(key) ?? [];
    own.push(value);
    groups.set(key, own);
  }
  return groups;
}
