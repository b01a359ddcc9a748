/** SelfHAR's transformations of windows, and augmentation that keeps the label. */

export { type AugmentPlan, createAugmentation } from './augmentation.js';
export { type Transformation, type TransformationName, transformationNames } from './transformation.js';
export { transformations } from './transformations.js';
