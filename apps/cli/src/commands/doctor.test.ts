import { gaitwayVersion } from '@gaitway/node';
import { expect, it } from 'vitest';
import { gaitway } from '../testing/gaitway-process.js';

it('gaitway doctor tells which backends run, and how fast', async () => {
  const { code, stdout } = await gaitway('doctor', '--json');
  expect(code).toBe(0);
  const diagnosis = JSON.parse(stdout) as { readonly backends: readonly { readonly name: string }[] };
  expect(diagnosis).toMatchObject({ gaitway: gaitwayVersion, node: process.version, port: { number: 7070 } });
  expect(diagnosis.backends.map(({ name }) => name)).toEqual(['native', 'wasm', 'cpu']);
  const [, wasm] = diagnosis.backends;
  expect(wasm).toMatchObject({ outcome: 'works', windowsPerSecond: expect.any(Number) });
});
