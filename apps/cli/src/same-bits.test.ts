import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway, startGaitway, type Ended } from './testing/gaitway-process.js';
import { clientNames, type TinyStudy, writeTinyStudy } from './testing/tiny-study.js';

interface StageDigest {
  readonly name: string;
  readonly parametersSha256: string;
}

/** The digests that a command printed, after checking that the run's folder has the same. */
async function stageDigests({ code, stdout, stderr }: Ended): Promise<readonly StageDigest[]> {
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
  const { run, ...result } = JSON.parse(stdout) as { readonly run: string; readonly stages: readonly StageDigest[] };
  expect(JSON.parse(await readFile(join(run, 'result.json'), 'utf8'))).toEqual(result);
  return result.stages.map(({ name, parametersSha256 }) => ({ name, parametersSha256 }));
}

function simulate({ folder, study, data }: TinyStudy, workers: number): Promise<Ended> {
  const run = join(folder, `workers-${workers}`);
  const where = ['--data', data, '--run', run, '--backend', 'wasm', '--json'];
  return gaitway('simulate', study, ...where, '--workers', String(workers));
}

/** A coordinator and a process for each client, which knows only an address and its recordings. */
async function federate({ folder, study, data }: TinyStudy): Promise<Ended> {
  const where = ['--data', data, '--run', join(folder, 'federated'), '--backend', 'wasm', '--json'];
  const coordinator = startGaitway('coordinator', study, ...where, '--port', '0');
  const [, url = ''] = await coordinator.says(/is open at (\S+)/);
  const clients = clientNames.map((person) =>
    gaitway('client', url, '--data', data, '--people', person, '--backend', 'wasm', '--json'),
  );
  const endings = (await Promise.all(clients)).map(({ stdout }) => JSON.parse(stdout) as unknown);
  expect(endings).toEqual(clientNames.map((client) => ({ client, ending: 'finished' })));
  return coordinator.ended;
}

describe('a study on the wasm backend', () => {
  it('comes to the same bits with one worker, with two, and with clients in processes of their own', async () => {
    const study = await writeTinyStudy();
    const digests = await stageDigests(await simulate(study, 1));
    expect(digests.map(({ name }) => name)).toEqual(['teacher', 'student', 'fine-tune']);
    expect(new Set(digests.map(({ parametersSha256 }) => parametersSha256)).size).toBe(3);
    expect(await stageDigests(await simulate(study, 2))).toEqual(digests);
    expect(await stageDigests(await federate(study))).toEqual(digests);
  });
});
