import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { createEventFile } from './curves.js';

/** An interpreter that has TensorBoard: `GAITWAY_TENSORBOARD_PYTHON=python3 npx vitest run event-file`. */
const python = process.env['GAITWAY_TENSORBOARD_PYTHON'];

const reader = `
import json, sys
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
from tensorboard.util import tensor_util
print(json.dumps([
    [event.wall_time, event.step, event.file_version,
     [[value.tag, float(tensor_util.make_ndarray(value.tensor))] for value in event.summary.value]]
    for event in EventFileLoader(sys.argv[1]).Load()]))
`;

async function writtenFile(): Promise<string> {
  const folder = join(await temporaryFolder(), 'events', '0-step');
  const file = await createEventFile(folder, new Date(1_700_000_000_250));
  await file.append(new Date(1_700_000_001_500), 1, [
    { tag: 'loss/training', value: 0.5 },
    { tag: 'loss/validation', value: 2.25 },
  ]);
  await file.append(new Date(1_700_000_002_000), 300, [{ tag: 'test/accuracy', value: -1 }]);
  return file.path;
}

describe('a file of events', () => {
  it('has the name that TensorBoard looks for', async () => {
    expect(await writtenFile()).toMatch(/[/\\]0-step[/\\]events\.out\.tfevents\.1700000000\.gaitway$/);
  });

  it('begins with a record of its version', async () => {
    const bytes = await readFile(await writtenFile());
    // Length 24; wall time (field 1, a double); version (field 3, 13 bytes). Worked out by hand from event.proto.
    expect(bytes.subarray(0, 8)).toEqual(Buffer.from([24, 0, 0, 0, 0, 0, 0, 0]));
    const event = bytes.subarray(12, 36);
    expect(event[0]).toBe(0x09);
    expect(event.readDoubleLE(1)).toBe(1_700_000_000.25);
    expect([...event.subarray(9, 11)]).toEqual([0x1a, 13]);
    expect(event.subarray(11).toString()).toBe('brain.Event:2');
  });

  it('holds a step as a varint and a figure as a float', async () => {
    const bytes = await readFile(await writtenFile());
    // 300 is 0b10_0101100; the summary has 22 bytes, its one value 20: a tag of 13 bytes and a float.
    const last = bytes.subarray(-4 - 36, -4);
    expect([...last.subarray(9, 16)]).toEqual([0x10, 0xac, 0x02, 0x2a, 22, 0x0a, 20]);
    expect(last.subarray(18, 31).toString()).toBe('test/accuracy');
    expect([last[31], last.readFloatLE(32)]).toEqual([0x15, -1]);
  });

  it.skipIf(python === undefined)(
    'says to TensorBoard what was written (needs GAITWAY_TENSORBOARD_PYTHON)',
    async () => {
      const { stdout } = await promisify(execFile)(python!, ['-c', reader, await writtenFile()]);
      expect(JSON.parse(stdout)).toEqual([
        [1_700_000_000.25, 0, 'brain.Event:2', []],
        [
          1_700_000_001.5,
          1,
          '',
          [
            ['loss/training', 0.5],
            ['loss/validation', 2.25],
          ],
        ],
        [1_700_000_002, 300, '', [['test/accuracy', -1]]],
      ]);
    },
  );
});
