/** A process of its own for the decoders, so that its memory and its pauses are theirs. Arguments: seed and frames. */

import { fuzzCodec } from './fuzz-codec.js';

const PROGRESS_EVERY = 50_000; // a multiple of what is reported

const [seed, frames] = process.argv.slice(2).map(Number);
const fuzzed = fuzzCodec(seed ?? NaN, frames ?? NaN, (count) => {
  if (count % PROGRESS_EVERY === 0) {
    console.error(`${count} frames decoded`);
  }
});
console.log(JSON.stringify(fuzzed));
