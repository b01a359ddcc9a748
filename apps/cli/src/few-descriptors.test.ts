import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startGaitwayWith } from './testing/gaitway-process.js';
import { joinAs, names, writeStudy } from './testing/small-federation.js';

it('a coordinator with few file descriptors goes on to the end, however many connections say nothing', async () => {
  const { folder, study, data } = await writeStudy();
  const options = ['--data', data, '--run', join(folder, 'run'), '--backend', 'cpu', '--port', '0'];
  const coordinator = startGaitwayWith(256, 'coordinator', study, ...options);
  const [, url = ''] = await coordinator.says(/is open at (\S+)/);
  const silent = Array.from({ length: 600 }, () => connect(Number(new URL(url).port), '127.0.0.1'));
  onTestFinished(() => {
    silent.forEach((socket) => socket.destroy());
  });
  silent.forEach((socket) => socket.on('error', () => undefined));
  await Promise.all(silent.map((socket) => once(socket, 'connect')));
  names.forEach((name) => joinAs(url, name));
  expect(await coordinator.ended).toMatchObject({ code: 0 });
});
