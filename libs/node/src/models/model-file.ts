/** Stores a stage's model as a safetensors file whose header says how to run it. */

import { InvalidInput } from '@gaitway/core';
import { type Digest, digestBytes } from '@gaitway/core/internal';
import { decodeSafetensors, encodeSafetensors, layoutDigest, layoutOf, parametersFrom } from '@gaitway/core/model';
import { dirname, resolve } from 'node:path';
import { writeFileAtomically } from '../files/atomic-write.js';
import { readBytes } from '../files/read-file.js';
import { refuseAbsentFile } from '../files/refuse-absent-file.js';
import { headerText, inputNames, type ModelMetadata, readHeaderText } from './model-metadata.js';

export interface StoredModel {
  /** In the layout of the metadata's network. */
  readonly parameters: Float32Array;
  readonly metadata: ModelMetadata;
}

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

async function encodeModel(
  parameters: Float32Array,
  metadata: Omit<ModelMetadata, 'layoutDigest'>,
): Promise<Uint8Array> {
  const layout = layoutOf(metadata.network);
  const header = headerText({ ...metadata, layoutDigest: await layoutDigest(layout) });
  return encodeSafetensors(parameters, layout, header);
}

/**
 * Reads a model.
 *
 * @throws InvalidInput when it is damaged, was written by another program, or has other tensors than its network.
 */
export async function readModel(path: string): Promise<StoredModel> {
  const file = decodeSafetensors(await readBytes(path, "a model's file"), path);
  const metadata = readHeaderText(file.metadata, path);
  const layout = layoutOf(metadata.network);
  const digest = await layoutDigest(layout);
  if (digest !== metadata.layoutDigest) {
    const message = `expected ${digest}, the digest of the network's layout, found ${metadata.layoutDigest}`;
    throw new InvalidInput(path, [{ path: 'metadata, layoutDigest', message }]);
  }
  refuseOtherWidth(metadata, path);
  return { parameters: parametersFrom(file, layout, path), metadata };
}

function refuseOtherWidth({ sensors, network }: ModelMetadata, path: string): void {
  const channels = inputNames(sensors).length;
  if (network.window.channels !== channels) {
    const message = `expected ${channels}, as there are channels and derived channels, found ${network.window.channels}`;
    throw new InvalidInput(path, [{ path: 'metadata, network.window.channels', message }]);
  }
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
  await refuseAbsentFile(found, "a model's file", { file, place });
  return readModel(found);
}
