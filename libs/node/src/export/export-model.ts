/** Writes a trained model in the format of another program: an ONNX file, or a folder for TensorFlow.js. */

import { decodeModel } from '@gaitway/core/classifier';
import {
  encodeOnnx,
  encodeTensorFlowJs,
  type GraphMetadata,
  graphOfModel,
  type ModelGraph,
  WEIGHTS_FILE,
} from '@gaitway/core/export';
import { type Digest, digestBytes } from '@gaitway/core/internal';
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { writeFileAtomically } from '../files/atomic-write.js';
import { refuseTakenPath } from '../files/refuse-taken-path.js';
import { readGivenModel } from '../run/given-model.js';

/** The formats to which models can be exported. */
export const exportFormats = ['onnx', 'tfjs'] as const;

/** One of the formats. */
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportOptions {
  /** Path of a model's file, or of a finished run's folder, whose final model is taken. */
  readonly model: string;
  readonly format: ExportFormat;
  /** The file or folder to write; beside the model, with its name, if absent. */
  readonly out?: string | undefined;
}

/** An exported model as it was written. */
export interface ExportedModel {
  /** Path of the model's file. */
  readonly model: string;
  readonly format: ExportFormat;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: Digest }[];
  /** What the files say about the model. */
  readonly metadata: GraphMetadata;
}

/**
 * Exports a model.
 *
 * @throws InvalidInput when there is no model, it cannot be exported, or there is something at the path already
 */
export async function exportModel({ model, format, out }: ExportOptions): Promise<ExportedModel> {
  const { file, bytes } = await readGivenModel(model);
  const graph = graphOfModel(await decodeModel(bytes, file), file);
  const path = out ?? join(dirname(file), basename(file, extname(file)) + endings[format]);
  await refuseTakenPath(path);
  const written = await writers[format](path, graph);
  const files = written.map(async ([name, content]) => ({
    path: name,
    bytes: content.length,
    sha256: await digestBytes(content),
  }));
  return { model: file, format, files: await Promise.all(files), metadata: graph.metadata };
}

/** What was written, what it takes and what it gives, in words. */
export function renderExport({ files, metadata }: ExportedModel): string {
  const { channels, window, rateHz, inputs, outputs } = metadata;
  return [
    ...files.map(({ path, bytes }) => `Wrote ${path}, ${bytes} bytes`),
    `For windows of ${window} time steps at ${rateHz} Hz, channels ${channels.join(', ')}. It takes:`,
    ...Object.entries(inputs).map(([name, meaning]) => `  ${name}: ${meaning}`),
    'It gives:',
    ...Object.entries(outputs).map(([head, { labels }]) => `  ${head}: ${labels.join(', ')}`),
  ].join('\n');
}

const endings: Readonly<Record<ExportFormat, string>> = { onnx: '.onnx', tfjs: '-tfjs' };

/** The files that were written, each by its path. */
type WrittenFiles = readonly (readonly [path: string, content: Uint8Array])[];

const writers: Readonly<Record<ExportFormat, (path: string, graph: ModelGraph) => Promise<WrittenFiles>>> = {
  onnx: async (path, graph) => {
    const content = encodeOnnx(graph);
    await writeFileAtomically(path, content);
    return [[path, content]];
  },
  tfjs: async (path, graph) => {
    const { model, weights } = encodeTensorFlowJs(graph);
    return writeFolder(path, { 'model.json': new TextEncoder().encode(model), [WEIGHTS_FILE]: weights });
  },
};

/** Writes a folder completely or not at all: weights beside the graph of another model would give wrong results. */
async function writeFolder(path: string, files: Readonly<Record<string, Uint8Array>>): Promise<WrittenFiles> {
  const temporary = `${path}.${randomUUID()}.part`;
  try {
    await mkdir(temporary);
    for (const [name, content] of Object.entries(files)) {
      await writeFileAtomically(join(temporary, name), content);
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  return Object.entries(files).map(([name, content]) => [join(path, name), content]);
}
