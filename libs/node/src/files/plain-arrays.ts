/** Removes typed arrays from plain data and puts them back. */

/** The typed arrays that a run or a client stores. */
export type Numbers = Float32Array | Float64Array;

const kinds = { '#float32': Float32Array, '#float64': Float64Array } as const;
type Kind = keyof typeof kinds;

/** The value with each array replaced by the result of `note`. Members that are undefined are left out, as in JSON. */
export function withoutArrays(value: unknown, note: (array: Numbers) => unknown): unknown {
  if (value instanceof Float32Array || value instanceof Float64Array) {
    return { [kindOf(value)]: note(value) };
  }
  if (Array.isArray(value)) {
    return value.map((member) => withoutArrays(member, note));
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([key, member]) => [key, withoutArrays(member, note)]));
  }
  return value;
}

/**
 * The value with its arrays restored, each in separate memory.
 *
 * @param bytesOf - The bytes of the array that a note stands for
 */
export function withArrays(value: unknown, bytesOf: (note: unknown) => Uint8Array): unknown {
  if (Array.isArray(value)) {
    return value.map((member) => withArrays(member, bytesOf));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = Object.entries(value);
  const [kind, note] = members[0] ?? [''];
  if (members.length === 1 && isKind(kind)) {
    return new kinds[kind](new Uint8Array(bytesOf(note)).buffer);
  }
  return Object.fromEntries(members.map(([key, member]) => [key, withArrays(member, bytesOf)]));
}

function kindOf(array: Numbers): Kind {
  return array instanceof Float32Array ? '#float32' : '#float64';
}

function isKind(key: string): key is Kind {
  return Object.hasOwn(kinds, key);
}
