import { studyDigest, StudyStopped } from '@gaitway/core';
import { readKeyPair } from '@gaitway/node';
import { Command } from 'commander';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { clientCommand } from './command.js';
import { JoinRefused } from './connection/conversation.js';
import { coordinatorKeys, fakeCoordinator, smallStudy, welcomeTo } from './testing/fake-coordinator.js';

async function takePart(...args: readonly string[]): Promise<void> {
  await clientCommand(new Command('client')).parseAsync(args, { from: 'user' });
}

describe('the name of a client', () => {
  it.each([
    ['the one that it is given', ['--name', 'ward-3', '--people', 'ann'], 'ward-3'],
    ['its one person', ['--people', 'ann'], 'ann'],
    ['its folder where it has several people', ['--people', 'ann,ben'], 'site-7'],
    ['its folder where nobody says whose recordings it takes', [], 'site-7'],
  ])('is %s', async (_, options, name) => {
    const coordinator = await fakeCoordinator();
    const ending = takePart(coordinator.url, '--data', 'somewhere/site-7/', ...options);
    const refused = expect(ending).rejects.toThrow(JoinRefused);
    const line = await coordinator.nextConnection();
    expect((await line.meet()).client).toBe(name);
    line.say({ kind: 'refusal', reason: 'only asking' });
    await refused;
  });
});

it('is known again by its state from its first hello on, before anybody welcomed it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gaitway-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const state = join(folder, 'ann');
  const coordinator = await fakeCoordinator();
  const keyOfProof = async (): Promise<string> => {
    const refused = expect(takePart(coordinator.url, '--data', 'ann', '--state', state)).rejects.toThrow(JoinRefused);
    const line = await coordinator.nextConnection();
    const { key } = await line.meet();
    line.say({ kind: 'refusal', reason: 'only asking' });
    await refused;
    return key;
  };
  const key = await keyOfProof();
  const identity = JSON.parse(await readFile(join(state, 'identity.json'), 'utf8')) as { readonly key: string };
  expect(identity).toMatchObject({ client: 'ann', coordinator: coordinatorKeys.fingerprint, enrolled: false });
  expect(readKeyPair(identity.key, 'identity.json').publicKey).toBe(key);
  expect(await keyOfProof()).toBe(key);
});

it('--explain shows what a study asks under no name of its own, and leaves without joining', async () => {
  const coordinator = await fakeCoordinator();
  const printed: string[] = [];
  const print = vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  onTestFinished(() => {
    print.mockRestore();
  });
  const explained = takePart('--explain', coordinator.url, '--quiet');
  const line = await coordinator.nextConnection();
  expect((await line.meet()).client).toMatch(/^visitor-/);
  line.say(await welcomeTo(smallStudy));
  await explained;
  await line.gone;
  expect(line.heardMore()).toBe(false);
  const text = printed.join('');
  expect(text).toContain(`The study "first-study" (${await studyDigest(smallStudy)})`);
  expect(text).toContain(
    'Train in stage "wait" with your own labels: at most 3 times, each 1 times over all its windows',
  );
  expect(text).toContain("changes of the model's weights, once per round");
  expect(text).toContain('Your policy does not allow this study');
  expect(text).toContain('floors.cohort: expected updates of at least 3 clients');
});

it('needs recordings to take part', async () => {
  const command = clientCommand(new Command('client'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  await expect(command.parseAsync(['http://127.0.0.1:1'], { from: 'user' })).rejects.toThrow("'--data <dir>'");
});

it('a study that ends before its last round has stopped', async () => {
  const coordinator = await fakeCoordinator();
  const stopped = expect(takePart(coordinator.url, '--data', 'ann')).rejects.toThrow(
    new StudyStopped('the coordinator ended it before its last round'),
  );
  const line = await coordinator.nextConnection();
  await line.meet();
  line.say({ kind: 'goodbye', reason: 'over', finished: false });
  await stopped;
});

it('--give-up takes no duration for which there is no timer', async () => {
  const command = clientCommand(new Command('client'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  const parsing = command.parseAsync(['http://127.0.0.1:1', '--data', 'd', '--give-up', '2147484'], { from: 'user' });
  await expect(parsing).rejects.toThrow('Expected a whole number of seconds from 1 to 1000000.');
});
