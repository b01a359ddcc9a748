/** Stores a stage's model as a safetensors file whose header says how to apply it. */

import { digestBytes, type Digest } from '@gaitway/core/internal';
import { decodeModel, encodeModel, type ModelMetadata, type StoredModel } from '@gaitway/core/classifier';
import { dirname, resolve } from 'node:path';
import { writeFileAtomically } from '../files/atomic-write.js';
import { readBytes } from '../files/read-file.js';
import { refuseAbsentFile } from '../files/refuse-absent-file.js';

/** What a model's file is called in messages. */
export const MODEL_FILE = "a model's file";

/** Writes a model and returns the SHA-256 of the file. The digest of the layout is computed from the network. */
export async function writeModel(
  path: string,
  parameters: Float32Array,
  metadata: Omit<ModelMetadata, 'layoutDigest'>,
): Promise<Digest> {
  const bytes = await encodeModel(parameters, metadata);
  await writeFileAtomically(path, bytes);
  return digestBytes(bytes);
}

/** Whether a file is exactly the one that `writeModel` writes. */
export async function isModelAt(
  path: string,
  parameters: Float32Array,
  metadata: Omit<ModelMetadata, 'layoutDigest'>,
): Promise<boolean> {
  const bytes = await encodeModel(parameters, metadata);
  return readBytes(path).then(
    (found) => found.equals(bytes),
    () => false,
  );
}

/**
 * Reads a model.
 *
 * @throws InvalidInput when it is damaged, was written by another program, or has other tensors than its network.
 */
export async function readModel(path: string): Promise<StoredModel> {
  return decodeModel(await readBytes(path, MODEL_FILE), path);
}

/**
 * Reads a model whose path is relative to the file that names it.
 *
 * @param file - The file that names the model
 * @param place - Path in that file, for messages
 * @throws InvalidInput when there is no such file, or it is not a model
 */
export async function readModelBeside(file: string, path: string, place: string): Promise<StoredModel> {
  const found = resolve(dirname(file), path);
  await refuseAbsentFile(found, MODEL_FILE, { file, place });
  return readModel(found);
}
