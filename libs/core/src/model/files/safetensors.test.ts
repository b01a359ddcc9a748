import { describe, expect, it } from 'vitest';
import { layoutOf, type ParameterLayout } from '../parameters/layout.js';
import { decodeSafetensors, encodeSafetensors, parametersFrom } from './safetensors.js';

/** Made with Python: `safetensors.numpy.save` 0.8.0 of the tensors and metadata of {@link layout} and {@link values}. */
const fromPython =
  'wAAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJzdGFnZSI6InRlYWNoZXIiLCJuYW1lIjoiw5xuw69jb2RlIFwicVwiIn0sImNvbnYxL2JpYXMiOnsi' +
  'ZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzNdLCJkYXRhX29mZnNldHMiOlswLDEyXX0sImNvbnYxL2tlcm5lbCI6eyJkdHlwZSI6IkYzMiIsInNoYXBl' +
  'IjpbMiwyXSwiZGF0YV9vZmZzZXRzIjpbMTIsMjhdfX0AAOBAAAAAgMrySXEAAMA/AAAQwM3MzD1Z2QAz';
/** The same package's file of one float64 tensor. */
const doublesFromPython =
  'OAAAAAAAAAB7ImEiOnsiZHR5cGUiOiJGNjQiLCJzaGFwZSI6WzJdLCJkYXRhX29mZnNldHMiOlswLDE2XX19IAAAAAAAAAAAAAAAAAAAAAA=';

const layout: ParameterLayout = {
  slots: [
    { name: 'conv1/kernel', part: 'conv1', shape: [2, 2], offset: 0, size: 4 },
    { name: 'conv1/bias', part: 'conv1', shape: [3], offset: 4, size: 3 },
  ],
  size: 7,
};
const values = Float32Array.of(1.5, -2.25, 0.1, 3e-8, 7, -0, 1e30);
const metadata = { stage: 'teacher', name: 'Ünïcode "q"' };

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** A file with the given header text and number of data bytes. */
function fileOf(header: string, dataLength: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + dataLength);
  bytes[0] = text.length & 255;
  bytes[1] = text.length >> 8;
  bytes.set(text, 8);
  return bytes;
}

const tensor = (shape: number[], begin: number, end: number, dtype = 'F32'): unknown => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});
const read = (header: unknown, dataLength: number) => (): unknown =>
  decodeSafetensors(fileOf(JSON.stringify(header), dataLength), 'm.safetensors');

describe('encodeSafetensors', () => {
  it('writes a padded header and then the parameters as little-endian bytes', () => {
    const tiny = { slots: [{ name: 'b', part: 'b', shape: [2], offset: 0, size: 2 }], size: 2 };
    const bytes = encodeSafetensors(Float32Array.of(1.5, -2), tiny, { a: 'x' });
    const header = '{"__metadata__":{"a":"x"},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
    expect(header).toHaveLength(79);
    expect([...bytes.subarray(0, 8)]).toEqual([80, 0, 0, 0, 0, 0, 0, 0]);
    expect(new TextDecoder().decode(bytes.subarray(8, 88))).toBe(`${header} `);
    expect([...bytes.subarray(88)]).toEqual([0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0]);
  });

  it('refuses parameters of another length', () => {
    expect(() => encodeSafetensors(values.subarray(1), layout, {})).toThrow('expected 7 parameters, found 6');
  });
});

describe('decodeSafetensors', () => {
  it('reads what the Python package wrote', () => {
    const file = decodeSafetensors(bytesOf(fromPython), 'py.safetensors');
    expect(file.metadata).toEqual(metadata);
    expect(file.tensors.map(({ name, shape }) => [name, shape])).toEqual([
      ['conv1/bias', [3]],
      ['conv1/kernel', [2, 2]],
    ]);
    expect(parametersFrom(file, layout, 'py.safetensors')).toEqual(values);
  });

  it('gives back the bits and the metadata of a whole network', () => {
    const whole = layoutOf({
      window: { length: 40, channels: 3 },
      convolutions: [{ filters: 4, kernel: 5 }],
      dropoutRate: 0.1,
      l2: 0,
      heads: [{ name: 'activity', kind: 'exclusive', outputs: ['a', 'b'], hiddenUnits: 7 }],
    });
    const parameters = Float32Array.from({ length: whole.size }, (_, index) => Math.sin(index) * 10 ** (index % 30));
    const bytes = encodeSafetensors(parameters, whole, metadata);
    const inside = new Uint8Array(bytes.length + 3);
    inside.set(bytes, 3);
    const file = decodeSafetensors(inside.subarray(3), 'm.safetensors');
    expect(parametersFrom(file, whole, 'm.safetensors')).toEqual(parameters);
    expect(file.metadata).toEqual(metadata);
  });

  it('refuses another number type, naming the tensor', () => {
    expect(() => decodeSafetensors(bytesOf(doublesFromPython), 'm.safetensors')).toThrow(
      'm.safetensors, header: a.dtype: expected "F32", found "F64"',
    );
  });

  it('refuses a file that is cut short, wherever the cut is', () => {
    const bytes = encodeSafetensors(values, layout, metadata);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSafetensors(bytes.subarray(0, length), 'm.safetensors')).toThrow(/the file is cut short/);
    }
  });

  it('refuses a header length that no header has', () => {
    expect(() => decodeSafetensors(new TextEncoder().encode('PK34 is not this format'), 'm.zip')).toThrow(
      /m\.zip: header: expected a length of at most 100000000 bytes, found \d+: not safetensors\?/,
    );
  });

  it('refuses overlaps, gaps, trailing bytes and sizes that do not fit the shape', () => {
    expect(read({ a: tensor([2], 0, 8), b: tensor([2], 4, 12) }, 12)).toThrow(
      'tensor "b": overlaps the tensor before it: expected to begin at byte 8, found 4',
    );
    expect(read({ a: tensor([2], 0, 8), b: tensor([1], 12, 16) }, 16)).toThrow(
      'tensor "b": leaves a gap behind the tensor before it: expected to begin at byte 8, found 12',
    );
    expect(read({ a: tensor([2], 0, 8) }, 9)).toThrow('data: bytes follow the last tensor: expected 8 bytes, found 9');
    expect(read({ a: tensor([2, 3], 0, 8) }, 8)).toThrow('tensor "a": expected 24 bytes for shape [2, 3], found 8');
    expect(read({ a: tensor([2], 8, 0) }, 0)).toThrow('tensor "a": expected 8 bytes for shape [2], found -8');
    expect(read({ a: tensor([2 ** 30, 2 ** 30], 0, 4) }, 4)).toThrow(/tensor "a": expected 4611686018427388000 bytes/);
  });

  it('refuses malformed headers, saying where', () => {
    expect(read({ a: { dtype: 'F32', shape: [-1], data_offsets: [0, 4] } }, 4)).toThrow(
      'header: a.shape[0]: expected at least 0, found -1',
    );
    expect(read({ a: { dtype: 'F32', shape: [1] } }, 4)).toThrow(
      'header: a.data_offsets: expected a list, found nothing',
    );
    expect(read({ __metadata__: { stage: 3 } }, 0)).toThrow('header: __metadata__.stage: expected text, found 3');
    expect(() => decodeSafetensors(fileOf('{"a":', 0), 'm')).toThrow('m: header: expected JSON');
    const notText = fileOf('{}', 0);
    notText[9] = 0xff;
    expect(() => decodeSafetensors(notText, 'm')).toThrow('m: header: expected UTF-8 text');
  });
});

describe('parametersFrom', () => {
  it('names every tensor that is missing, unknown, of another shape or not finite', () => {
    const tensors = [
      { name: 'conv1/kernel', shape: [4, 1], values: new Float32Array(4) },
      { name: 'extra', shape: [1], values: new Float32Array(1) },
    ];
    expect(() => parametersFrom({ tensors, metadata: {} }, layout, 'm')).toThrow(
      [
        'm: tensor "conv1/kernel": expected shape [2, 2], found [4, 1]',
        'm: tensor "conv1/bias": expected shape [3], found nothing',
        'm: tensor "extra": the network has no such part',
      ].join('\n'),
    );
    const infinite = decodeSafetensors(
      encodeSafetensors(
        values.map(() => Infinity),
        layout,
        {},
      ),
      'm',
    );
    expect(() => parametersFrom(infinite, layout, 'm')).toThrow(
      'tensor "conv1/kernel": expected finite numbers, found Infinity at 0',
    );
  });
});
