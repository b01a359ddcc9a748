/** A model as the bytes of a safetensors file whose header says how to apply it. */

import { InvalidInput } from '../errors.js';
import { decodeSafetensors, encodeSafetensors, parametersFrom } from '../model/files/safetensors.js';
import { layoutDigest, layoutOf } from '../model/parameters/layout.js';
import { headerText, inputNames, type ModelMetadata, readHeaderText } from './model-metadata.js';

/** A model with what its file says about it. */
export interface StoredModel {
  /** In the layout of the metadata's network. */
  readonly parameters: Float32Array;
  readonly metadata: ModelMetadata;
}

/** The bytes of a model's file: the same for the same model. The digest of the layout is computed from the network. */
export async function encodeModel(
  parameters: Float32Array,
  metadata: Omit<ModelMetadata, 'layoutDigest'>,
): Promise<Uint8Array> {
  const layout = layoutOf(metadata.network);
  const header = headerText({ ...metadata, layoutDigest: await layoutDigest(layout) });
  return encodeSafetensors(parameters, layout, header);
}

/**
 * Reads a model from the bytes of its file.
 *
 * @param source - The file's path, for messages
 * @throws InvalidInput when it is damaged, was written by another program, or has other tensors than its network.
 */
export async function decodeModel(bytes: Uint8Array, source: string): Promise<StoredModel> {
  const file = decodeSafetensors(bytes, source);
  const metadata = readHeaderText(file.metadata, source);
  const layout = layoutOf(metadata.network);
  const digest = await layoutDigest(layout);
  if (digest !== metadata.layoutDigest) {
    const message = `expected ${digest}, the digest of the network's layout, found ${metadata.layoutDigest}`;
    throw new InvalidInput(source, [{ path: 'metadata, layoutDigest', message }]);
  }
  refuseOtherWidth(metadata, source);
  return { parameters: parametersFrom(file, layout, source), metadata };
}

function refuseOtherWidth({ sensors, network }: ModelMetadata, source: string): void {
  const channels = inputNames(sensors).length;
  if (network.window.channels !== channels) {
    const message = `expected ${channels}, as there are channels and derived channels, found ${network.window.channels}`;
    throw new InvalidInput(source, [{ path: 'metadata, network.window.channels', message }]);
  }
}
