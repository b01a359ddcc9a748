/**
 * Encodes ascending positions as the gaps between them, each in as few bytes as it needs: 7 bits per byte, lowest first
 * (LEB128).
 */

const MORE = 0x80;
/** Length of the longest gap in bytes: 35 bits. */
const MOST_BYTES = 5;

/**
 * The gap of the first position is the position itself; that of another one is the number of positions skipped before
 * it.
 */
export function gapsOf(places: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(places.length * MOST_BYTES);
  let length = 0;
  let next = 0;
  for (const place of places) {
    let gap = place - next;
    while (gap >= MORE) {
      bytes[length++] = (gap % MORE) | MORE;
      gap = Math.floor(gap / MORE);
    }
    bytes[length++] = gap;
    next = place + 1;
  }
  return bytes.slice(0, length);
}

/** The positions that the gaps encode, ascending; undefined where the bytes end within a gap or a gap is too long. */
export function placesOf(gaps: Uint8Array): Float64Array | undefined {
  const places = new Float64Array(gaps.length);
  let count = 0;
  let next = 0;
  let bytes = 0;
  let gap = 0;
  for (const byte of gaps) {
    gap += (byte % MORE) * MORE ** bytes;
    bytes++;
    if (bytes > MOST_BYTES) {
      return undefined;
    }
    if (byte < MORE) {
      places[count] = next + gap;
      next = places[count++]! + 1;
      [bytes, gap] = [0, 0];
    }
  }
  return bytes === 0 ? places.subarray(0, count) : undefined;
}
