/** Reads and checks the JSON header of a safetensors file (https://github.com/huggingface/safetensors, "Format"). */

import { z } from 'zod';
import { InvalidInput, type Issue } from '../../errors.js';
import { parseInput } from '../../parse-input.js';

/** Number of bytes of a value in a tensor of type F32. */
export const BYTES_PER_VALUE = 4;

/** Key of the header that holds free text instead of a tensor. */
export const METADATA_KEY = '__metadata__';

/** What the header says about a tensor. */
export interface TensorEntry {
  readonly name: string;
  readonly shape: readonly number[];
  /** First byte, counted from the end of the header. */
  readonly begin: number;
  /** One past the last byte. */
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their bytes in the file. */
  readonly entries: readonly TensorEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

const wholeNumber = z.int().nonnegative();
const entrySchema = z.object({
  dtype: z.literal('F32'),
  shape: z.array(wholeNumber),
  data_offsets: z.tuple([wholeNumber, wholeNumber]),
});
const headerSchema = z.object({ [METADATA_KEY]: z.record(z.string(), z.string()).optional() }).catchall(entrySchema);

/**
 * Checks a header against the bytes that follow it: all tensors are F32, each is as long as its shape says, and they
 * follow each other without gap or overlap up to the last byte.
 *
 * @param dataLength - Number of bytes after the header.
 * @throws InvalidInput
 */
export function readHeader(json: string, dataLength: number, source: string): SafetensorsHeader {
  const header = parseInput(headerSchema, parseJson(json, source), `${source}, header`);
  const { [METADATA_KEY]: metadata = {}, ...tensors } = header;
  const entries = Object.entries(tensors)
    .map(([name, { shape, data_offsets: offsets }]) => ({ name, shape, begin: offsets[0], end: offsets[1] }))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  const issues = placementIssues(entries, dataLength);
  if (issues.length > 0) {
    throw new InvalidInput(source, issues);
  }
  return { entries, metadata };
}

function parseJson(json: string, source: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidInput(source, [{ path: 'header', message: `expected JSON: ${reason}` }]);
  }
}

function placementIssues(entries: readonly TensorEntry[], dataLength: number): Issue[] {
  const issues: Issue[] = [];
  let next = 0;
  for (const { name, shape, begin, end } of entries) {
    const path = `tensor "${name}"`;
    const bytes = shape.reduce((product, length) => product * length, BYTES_PER_VALUE);
    if (end - begin !== bytes) {
      issues.push({ path, message: `expected ${bytes} bytes for shape [${shape.join(', ')}], found ${end - begin}` });
    }
    if (begin !== next) {
      const fault = begin < next ? 'overlaps the tensor before it' : 'leaves a gap behind the tensor before it';
      issues.push({ path, message: `${fault}: expected to begin at byte ${next}, found ${begin}` });
    }
    next = end;
  }
  if (next !== dataLength) {
    const fault = next > dataLength ? 'the file is cut short' : 'bytes follow the last tensor';
    issues.push({ path: 'data', message: `${fault}: expected ${next} bytes, found ${dataLength}` });
  }
  return issues;
}
