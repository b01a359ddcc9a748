import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway, startGaitway } from './testing/gaitway-process.js';
import { writeTinyStudy } from './testing/tiny-study.js';

/** A port at which nobody listens any more. */
async function deafPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('gaitway client', () => {
  it('says that nobody is there, however quiet it is, and tries again until it is interrupted', async () => {
    const port = await deafPort();
    const client = startGaitway('client', `http://127.0.0.1:${port}`, '--data', '.', '--quiet');
    const text = `No coordinator there \\(connect ECONNREFUSED 127\\.0\\.0\\.1:${port}\\); trying again\\.\n`;
    await client.says(new RegExp(`(${text}){2}`));
    client.interrupt();
    expect(await client.ended).toMatchObject({ code: 130, stdout: '' });
  });

  it('is refused under a name that is taken, and hears when the coordinator ends the study', async () => {
    const { folder, study, data } = await writeTinyStudy();
    const where = ['--data', data, '--backend', 'wasm'];
    const coordinator = startGaitway('coordinator', study, ...where, '--run', join(folder, 'run'), '--port', '0');
    const [, url = ''] = await coordinator.says(/is open at (\S+)/);
    const first = startGaitway('client', url, ...where, '--people', 'person-03');
    await first.says(/Joined\./);
    await coordinator.says(/^\+ person-03 joined with 36 windows$/m);

    const refusal =
      'the name "person-03" belongs to a client with another key: use the --state folder that this client had, ' +
      'choose another name, or ask the operator for a code';
    const second = await gaitway('client', url, ...where, '--name', 'person-03');
    expect(second).toEqual({ code: 1, stdout: '', stderr: `${refusal}\n` });
    await coordinator.says(new RegExp(`^! person-03 was refused: ${refusal}$`, 'm'));

    coordinator.interrupt();
    expect(await coordinator.ended).toMatchObject({ code: 130 });
    expect(await first.ended).toMatchObject({
      code: 3,
      stderr: 'The study stopped: the coordinator ended it before its last round\n',
    });
  });

  it('comes back to a coordinator that is stopped for now and started again, and the study ends well', async () => {
    const { folder, study, data } = await writeTinyStudy({ rounds: 1, cohort: { minimum: 2, quorum: 2 } });
    const where = ['--data', data, '--backend', 'wasm'];
    const serve = ['coordinator', study, ...where, '--run', join(folder, 'run')];
    const stopped = startGaitway(...serve, '--port', '0');
    const [, url = ''] = await stopped.says(/is open at (\S+)/);
    const state = join(folder, 'person-03');
    const ann = startGaitway('client', url, ...where, '--people', 'person-03', '--state', state);
    await stopped.says(/^\+ person-03 joined/m);
    expect(await (await fetch(`${url}/ready`)).json()).toMatchObject({ study: 'tiny', clients: 1 });
    stopped.terminate();
    expect(await stopped.ended).toMatchObject({ code: 130 });
    await ann.says(/^Told to come back in 5 seconds: interrupted\.$/m);

    const readIdentity = async (): Promise<object> =>
      JSON.parse(await readFile(join(state, 'identity.json'), 'utf8')) as object;
    const identity = await readIdentity();
    expect(identity).toMatchObject({ coordinator: expect.any(String) });
    const coordinator = startGaitway(...serve, '--port', new URL(url).port);
    await coordinator.says(/^\+ person-03 joined/m);
    const ben = startGaitway('client', url, ...where, '--people', 'person-04');
    const endings = await Promise.all([coordinator.ended, ann.ended, ben.ended]);
    expect(endings.map(({ code }) => code)).toEqual([0, 0, 0]);
    // toEqual takes a field that is undefined for one that is missing
    expect(await readIdentity()).toEqual({ ...identity, coordinator: undefined }); // the next study may have another coordinator
  });
});
