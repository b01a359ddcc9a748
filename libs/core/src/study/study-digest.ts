/** The digest that identifies a study on both sides of a federation. */

import { digestJson, type Digest } from '../math/digest.js';
import type { Study } from './study.js';

/** Equal exactly when two parsed studies have the same content, however they were written. */
export async function studyDigest(study: Study): Promise<Digest> {
  return digestJson(study);
}
