/** What the packages of Gaitway share among themselves. It may change with any version: nobody else should import it. */

export { untilAborted } from './engine/cancellation.js';
export type { Timer } from './engine/timer.js';
export { valueCount } from './data/layouts/arrays/named-array.js';
export { didYouMean } from './input-text.js';
export { canonicalJson, crc32c, type Digest, digestBytes, digestJson } from './math/digest.js';
export { shuffledIndices } from './math/random.js';
export { BIAS_GRADIENT, RELU_GRADIENT, SPARSE_PRODUCT } from './model/layers/kernels.js';
export { composedName, foldedName, isWellFormedName, readPersonName } from './names.js';
export { compareNaturally, inNaturalOrder } from './natural-order.js';
export { parseInput } from './parse-input.js';
export { nameInData, plainName } from './study/schema/schema-values.js';
