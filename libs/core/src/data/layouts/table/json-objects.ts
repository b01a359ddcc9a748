/** Finds JSON objects in the bytes of a text as they come, and their values. */

import { InvalidInput } from '../../../errors.js';
import { joinedBytes } from './decode.js';

const [QUOTE, BACKSLASH, LINE_FEED] = [34, 92, 10];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];
/** A longer object is no row. */
const LONGEST_OBJECT_BYTES = 2 ** 24;
/** An object with more values holds several rows. */
const MOST_VALUES = 1000;

/** The values of an object by their names, and the line on which it begins. */
export interface JsonObject {
  readonly line: number;
  readonly cells: ReadonlyMap<string, string | number>;
}

/** Where a scanner is. */
interface Place {
  line: number;
  /** Line on which the last object began. */
  firstLine: number;
  /** Number of objects and lists around this place, from the object that is a row on. */
  depth: number;
  /** Number of lists around the objects. */
  lists: number;
  isText: boolean;
  isEscaped: boolean;
}

/**
 * Creates a scanner of objects; what is between them may be nothing but blanks, commas and the signs of lists.
 *
 * @throws InvalidInput, from `push` and `end`, for anything else, with its line.
 */
export function objectScanner(
  source: string,
  visit: (object: JsonObject) => void,
): { readonly push: (bytes: Uint8Array) => void; readonly end: () => void } {
  const place: Place = { line: 1, firstLine: 1, depth: 0, lists: 0, isText: false, isEscaped: false };
  let pending = new Uint8Array();
  return {
    push: (bytes) => {
      let start = 0;
      bytes.forEach((byte, at) => {
        place.line += byte === LINE_FEED ? 1 : 0;
        if (place.depth === 0) {
          passBetween(place, byte, source);
          start = at;
        } else if (endsObject(place, byte)) {
          visit(objectIn(joinedBytes([pending, bytes.subarray(start, at + 1)]), place.firstLine, source));
          pending = new Uint8Array();
        }
      });
      pending = place.depth > 0 ? joinedBytes([pending, bytes.subarray(start)]) : pending;
      if (pending.length > LONGEST_OBJECT_BYTES) {
        refuse(source, place.firstLine, 'one of more than 16 MB: a row is an object, not a list within one');
      }
    },
    end: () => {
      if (place.depth > 0 || place.lists !== 0) {
        const found = place.depth > 0 ? 'an object that does not end' : 'a list that does not end';
        refuse(source, place.depth > 0 ? place.firstLine : place.line, `${found}: was the file cut off?`);
      }
    },
  };
}

function refuse(source: string, line: number, found: string): never {
  throw new InvalidInput(source, [{ path: `line ${line}`, message: `expected JSON objects, found ${found}` }]);
}

function passBetween(place: Place, byte: number, source: string): void {
  if (byte === OPEN_OBJECT) {
    place.depth = 1;
    place.firstLine = place.line;
  } else if (byte === OPEN_LIST || byte === CLOSE_LIST) {
    place.lists += byte === OPEN_LIST ? 1 : -1;
  } else if (byte !== 44 && byte !== 32 && !(byte >= 9 && byte <= 13)) {
    refuse(source, place.line, JSON.stringify(String.fromCharCode(byte)));
  }
}

/** Whether a byte within an object is its last one. */
function endsObject(place: Place, byte: number): boolean {
  if (place.isText) {
    place.isText = place.isEscaped || byte !== QUOTE;
    place.isEscaped = !place.isEscaped && byte === BACKSLASH;
  } else if (byte === QUOTE) {
    place.isText = true;
  } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
    place.depth++;
  } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
    place.depth--;
  }
  return place.depth === 0;
}

const decoder = new TextDecoder();

function objectIn(bytes: Uint8Array, line: number, source: string): JsonObject {
  const cells = new Map<string, string | number>();
  try {
    addCells(cells, '', JSON.parse(decoder.decode(bytes)));
  } catch (error) {
    if (error instanceof SyntaxError) {
      refuse(source, line, 'an object that is no valid JSON');
    }
    throw error;
  }
  if (cells.size > MOST_VALUES) {
    refuse(source, line, `one with ${cells.size} values: a row is an object, not a list within one`);
  }
  return { line, cells };
}

function addCells(cells: Map<string, string | number>, name: string, value: unknown): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      addCells(cells, `${name}.${index + 1}`, item);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      addCells(cells, name === '' ? key : `${name}.${key}`, inner);
    }
  } else if (value !== null) {
    cells.set(name, typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value));
  }
}
