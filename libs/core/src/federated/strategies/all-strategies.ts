/** All strategies that a study can name. To add one, write its file and add a line here. */

export { bulyan } from './bulyan.js';
export { centredClipping } from './centred-clipping.js';
export { fedAdagrad } from './fed-adagrad.js';
export { fedAdam } from './fed-adam.js';
export { fedAvg } from './fed-avg.js';
export { fedAvgM } from './fed-avg-m.js';
export { fedNova } from './fed-nova.js';
export { fedProx } from './fed-prox.js';
export { fedYogi } from './fed-yogi.js';
export { krum } from './krum.js';
export { median } from './median.js';
export { multiKrum } from './multi-krum.js';
export { scaffold } from './scaffold.js';
export { trimmedMean } from './trimmed-mean.js';
