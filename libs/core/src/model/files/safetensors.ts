/**
 * Encodes flat parameters as a safetensors file, which Python, Rust and browsers can read too, and decodes such files.
 */

import { InvalidInput, type Issue } from '../../errors.js';
import type { ParameterLayout, ParameterSlot } from '../parameters/layout.js';
import { BYTES_PER_VALUE, METADATA_KEY, readHeader } from './safetensors-header.js';

/** Maximum length of a header: the limit of the format. */
const MAXIMUM_HEADER_BYTES = 100_000_000;
const LENGTH_BYTES = 8;
const ALIGNMENT = 8;

/** A named tensor of a file. */
export interface StoredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
}

export interface SafetensorsFile {
  /** In the order of their bytes in the file. */
  readonly tensors: readonly StoredTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The bytes of a safetensors file with one F32 tensor for each slot, in the order of the layout: the data part is the
 * parameters themselves, little-endian.
 *
 * @param parameters - As many numbers as the layout has.
 * @param metadata - Free text, stored in the header.
 */
export function encodeSafetensors(
  parameters: Float32Array,
  layout: ParameterLayout,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  if (parameters.length !== layout.size) {
    throw new RangeError(`expected ${layout.size} parameters, found ${parameters.length}`);
  }
  const tensors = layout.slots.map(({ name, shape, offset, size }) => [
    name,
    { dtype: 'F32', shape, data_offsets: [offset * BYTES_PER_VALUE, (offset + size) * BYTES_PER_VALUE] },
  ]);
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries([[METADATA_KEY, metadata], ...tensors])));
  const headerLength = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(LENGTH_BYTES + headerLength + parameters.byteLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerLength);
  bytes.set(json, LENGTH_BYTES);
  bytes.set(
    new Uint8Array(parameters.buffer, parameters.byteOffset, parameters.byteLength),
    LENGTH_BYTES + headerLength,
  );
  return bytes;
}

/**
 * Reads a safetensors file of F32 tensors. Everything that the header claims is checked before it is used.
 *
 * @param source - The file's path, for messages.
 * @throws InvalidInput when the file is cut short, malformed, or holds another number type.
 */
export function decodeSafetensors(bytes: Uint8Array, source: string): SafetensorsFile {
  const headerLength = readHeaderLength(bytes, source);
  const dataStart = LENGTH_BYTES + headerLength;
  const json = decodeText(bytes.subarray(LENGTH_BYTES, dataStart), source);
  const { entries, metadata } = readHeader(json, bytes.length - dataStart, source);
  const tensors = entries.map(({ name, shape, begin, end }) => {
    const values = new Float32Array((end - begin) / BYTES_PER_VALUE);
    new Uint8Array(values.buffer).set(bytes.subarray(dataStart + begin, dataStart + end));
    return { name, shape, values };
  });
  return { tensors, metadata };
}

/**
 * The flat parameters of a network from a file that holds exactly its tensors, in any order.
 *
 * @throws InvalidInput naming each tensor that is missing, unknown, of another shape, or not finite.
 */
export function parametersFrom(file: SafetensorsFile, layout: ParameterLayout, source: string): Float32Array {
  const stored = new Map(file.tensors.map((tensor) => [tensor.name, tensor]));
  const known = new Set(layout.slots.map(({ name }) => name));
  const issues = [
    ...layout.slots.flatMap((slot) => tensorIssues(slot, stored.get(slot.name))),
    ...file.tensors
      .filter(({ name }) => !known.has(name))
      .map(({ name }) => ({ path: `tensor "${name}"`, message: 'the network has no such part' })),
  ];
  if (issues.length > 0) {
    throw new InvalidInput(source, issues);
  }
  const parameters = new Float32Array(layout.size);
  for (const { name, offset } of layout.slots) {
    parameters.set(stored.get(name)!.values, offset);
  }
  return parameters;
}

function tensorIssues(slot: ParameterSlot, tensor: StoredTensor | undefined): Issue[] {
  const path = `tensor "${slot.name}"`;
  const expected = `[${slot.shape.join(', ')}]`;
  if (!tensor) {
    return [{ path, message: `expected shape ${expected}, found nothing` }];
  }
  const found = `[${tensor.shape.join(', ')}]`;
  if (found !== expected) {
    return [{ path, message: `expected shape ${expected}, found ${found}` }];
  }
  const bad = tensor.values.findIndex((value) => !Number.isFinite(value));
  return bad < 0 ? [] : [{ path, message: `expected finite numbers, found ${tensor.values[bad]!} at ${bad}` }];
}

function readHeaderLength(bytes: Uint8Array, source: string): number {
  const fail = (message: string): never => {
    throw new InvalidInput(source, [{ path: 'header', message }]);
  };
  if (bytes.length < LENGTH_BYTES) {
    return fail(`the file is cut short: expected at least ${LENGTH_BYTES} bytes, found ${bytes.length}`);
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES).getBigUint64(0, true);
  if (length > BigInt(MAXIMUM_HEADER_BYTES)) {
    return fail(
      `expected a length of at most ${MAXIMUM_HEADER_BYTES} bytes, found ${String(length)}: not safetensors?`,
    );
  }
  const following = bytes.length - LENGTH_BYTES;
  if (Number(length) > following) {
    return fail(`the file is cut short: expected ${String(length)} bytes, found ${following}`);
  }
  return Number(length);
}

function decodeText(bytes: Uint8Array, source: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InvalidInput(source, [{ path: 'header', message: 'expected UTF-8 text' }]);
  }
}
