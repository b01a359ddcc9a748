/** All compressions that a study can name. To add one, write its file and add a line here. */

export { bf16 } from './bf16.js';
export { fp16 } from './fp16.js';
export { int8 } from './int8.js';
export { topK } from './top-k.js';
