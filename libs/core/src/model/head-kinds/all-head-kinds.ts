/** All kinds of heads. A new one is its file, and a line here. */

export { exclusive } from './exclusive.js';
export { independent } from './independent.js';
export { multiLabel } from './multi-label.js';
export { regression } from './regression.js';
