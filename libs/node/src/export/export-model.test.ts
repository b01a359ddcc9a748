import { encodeModel, type ModelMetadata } from '@gaitway/core/classifier';
import { layoutOf } from '@gaitway/core/model';
import { handMadeMetadata, handMadeParameters } from '@gaitway/core/testing/hand-made-model';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { exportFormats, exportModel, renderExport } from './export-model.js';

interface Stored {
  readonly folder: string;
  /** Path of the model's file, the only one in the folder. */
  readonly model: string;
}

/** Stores a model, by default that of two activities. */
async function storedModel(
  metadata: Omit<ModelMetadata, 'layoutDigest'> = handMadeMetadata,
  parameters: Float32Array = handMadeParameters,
): Promise<Stored> {
  const folder = await temporaryFolder({ 'teacher.safetensors': await encodeModel(parameters, metadata) });
  return { folder, model: join(folder, 'teacher.safetensors') };
}

describe('exportModel', () => {
  it('writes an ONNX file beside the model, with its name', async () => {
    const { folder, model } = await storedModel();
    const exported = await exportModel({ model, format: 'onnx' });
    expect(await readdir(folder)).toEqual(['teacher.onnx', 'teacher.safetensors']);
    const bytes = await readFile(join(folder, 'teacher.onnx'));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(exported).toMatchObject({
      model,
      format: 'onnx',
      files: [{ path: join(folder, 'teacher.onnx'), bytes: bytes.length, sha256 }],
      metadata: { study: 'by hand', stage: 'teacher', unit: 'g', channels: ['x'] },
    });
  });

  it('writes a folder for TensorFlow.js', async () => {
    const { folder, model } = await storedModel();
    const { files } = await exportModel({ model, format: 'tfjs' });
    const paths = [join(folder, 'teacher-tfjs', 'model.json'), join(folder, 'teacher-tfjs', 'weights.bin')];
    expect(files.map(({ path }) => path)).toEqual(paths);
    const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
    expect(files.map(({ bytes }) => bytes)).toEqual(sizes);
    expect(await readdir(folder)).toEqual(['teacher-tfjs', 'teacher.safetensors']);
  });

  it.each(exportFormats)('leaves what is there: %s', async (format) => {
    const { folder, model } = await storedModel();
    const out = join(folder, 'taken');
    await mkdir(out);
    await expect(exportModel({ model, format, out })).rejects.toThrow('found a folder: choose another name');
    const absent = join(folder, 'absent', 'model');
    await expect(exportModel({ model, format, out: absent })).rejects.toThrow(
      'expected a path in a folder, found no folder',
    );
    expect(await readdir(folder)).toEqual(['taken', 'teacher.safetensors']);
    expect(await readdir(out)).toEqual([]);
  });

  it('leaves nothing behind where a model cannot be exported', async () => {
    const heads = [{ name: 'flip', kind: 'independent', outputs: ['flip'], hiddenUnits: 1 }] as const;
    const metadata = { ...handMadeMetadata, network: { ...handMadeMetadata.network, heads } };
    const { folder, model } = await storedModel(metadata, new Float32Array(layoutOf(metadata.network).size));
    await expect(exportModel({ model, format: 'tfjs' })).rejects.toThrow(
      `${model}: heads: expected a head that classifies or estimates something, found flip (independent)`,
    );
    expect(await readdir(folder)).toEqual(['teacher.safetensors']);
  });
});

it('what was exported is told in words, with the statistics that a site passes', async () => {
  const sensors = { ...handMadeMetadata.sensors, normalisation: 'site' } as const;
  const { folder, model } = await storedModel({ ...handMadeMetadata, sensors });
  const exported = await exportModel({ model, format: 'onnx' });
  expect(renderExport(exported).split('\n')).toEqual([
    `Wrote ${join(folder, 'teacher.onnx')}, ${exported.files[0]!.bytes} bytes`,
    'For windows of 4 time steps at 10 Hz, channels x. It takes:',
    '  windows: the channels in g, gravity included, shape [window, time, channel]',
    '  mean: mean of each channel over all recordings of the site, in g',
    '  standardDeviation: standard deviation of each channel over all recordings of the site, in g',
    'It gives:',
    '  activity: sitting, walking',
  ]);
});
