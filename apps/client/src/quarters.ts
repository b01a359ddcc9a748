/** How far a long transfer has come, told four times and not with each part. */

const QUARTERS = 4;

/** Passes on what begins another quarter of a message. */
export function byQuarters(tell: (held: number, total: number) => void): (held: number, total: number) => void {
  let last = 0;
  return (held, total) => {
    const quarter = Math.floor((QUARTERS * held) / total);
    if (quarter > last) {
      tell(held, total);
    }
    last = quarter % QUARTERS;
  };
}
