import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  gaitway,
  startGaitway,
  startGaitwayUntil,
  type Ended,
  type GaitwayProcess,
} from './testing/gaitway-process.js';
import { clientNames, type TinyStudy, writeTinyStudy } from './testing/tiny-study.js';

/** Each client and the coordinator continue from their state of the previous round. */
const scaffold = { strategy: 'scaffold', rounds: 8, steps: 1, optimizer: { kind: 'sgd', learningRate: 0.02 } };
const feedback = { compress: { kind: 'top-k', share: 0.02, feedback: true }, rounds: 8, steps: 1 };

const backend = ['--backend', 'wasm'] as const;

function simulation({ folder, study, data }: TinyStudy, workers: number): readonly string[] {
  const run = ['--run', join(folder, `workers-${workers}`), '--workers', String(workers)];
  return ['simulate', study, '--data', data, ...run, ...backend];
}

interface Federation {
  readonly coordinator: GaitwayProcess;
  /** Starts the coordinator at the same address. */
  readonly startAgain: () => GaitwayProcess;
  /**
   * Starts a client, which stores its state in a folder with its name, and ends when it has printed a match of `last`.
   */
  readonly join: (client: string, last?: RegExp) => GaitwayProcess;
}

const NEVER = /(?!)/;

/** @param last - The coordinator ends when it has printed a match */
async function federate({ folder, study, data }: TinyStudy, last = NEVER): Promise<Federation> {
  const serve = ['coordinator', study, '--data', data, '--run', join(folder, 'run'), ...backend, '--port'];
  const coordinator = startGaitwayUntil(last, ...serve, '0');
  const [, url = ''] = await coordinator.says(/is open at (\S+)/);
  return {
    coordinator,
    startAgain: () => startGaitway(...serve, new URL(url).port),
    join: (client, word = NEVER) => {
      const state = ['--state', join(folder, client)];
      return startGaitwayUntil(word, 'client', url, '--data', data, '--people', client, ...state, ...backend);
    },
  };
}

/** Resolves once the process has been killed. */
async function death(victim: GaitwayProcess): Promise<void> {
  expect((await victim.ended).code).toBeNull();
}

/** The digest of each stage of a run that succeeded. */
async function digestsOf(run: string, ended: Ended): Promise<readonly string[]> {
  expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: expect.any(String) });
  const { stages } = JSON.parse(await readFile(join(run, 'result.json'), 'utf8')) as {
    readonly stages: readonly { readonly parametersSha256: string }[];
  };
  return stages.map(({ parametersSha256 }) => parametersSha256);
}

describe.skipIf(process.platform === 'win32')('clients that keep something from round to round', () => {
  it.each([
    ['SCAFFOLD', scaffold],
    ['error feedback', feedback],
  ])('come to the same bits in a simulation, with any workers and after a kill (%s)', async (_, student) => {
    const tiny = await writeTinyStudy(student);
    const one = await digestsOf(join(tiny.folder, 'workers-1'), await gaitway(...simulation(tiny, 1)));
    await death(startGaitwayUntil(/^student 2\/8: /m, ...simulation(tiny, 2)));
    expect(await readdir(join(tiny.folder, 'workers-2', 'state', 'memory'))).toHaveLength(clientNames.length + 1);
    const ended = await gaitway(...simulation(tiny, 2));
    expect(await digestsOf(join(tiny.folder, 'workers-2'), ended)).toEqual(one);
    expect(ended.stdout).toMatch(/^Resuming the run in /m);
    expect(ended.stdout).not.toContain('started over');
    expect(await readdir(join(tiny.folder, 'workers-2'))).not.toContain('state');
  });

  it('come to the same bits over sockets, though one of them and the coordinator are killed', async () => {
    const tiny = await writeTinyStudy(scaffold);
    const simulated = await digestsOf(join(tiny.folder, 'workers-1'), await gaitway(...simulation(tiny, 1)));
    const { coordinator, startAgain, join: joinAs } = await federate(tiny, /^student 4\/8: /m);
    const [first, ...names] = clientNames;
    const others = names.map((name) => joinAs(name));
    await death(joinAs(first, /^student round 2: /m));
    const back = joinAs(first);
    await death(coordinator);
    const ended = await startAgain().ended;
    expect(await digestsOf(join(tiny.folder, 'run'), ended)).toEqual(simulated);
    expect(ended.stdout).not.toContain('started over');
    expect((await Promise.all([back, ...others].map((client) => client.ended))).map(({ code }) => code)).toEqual([
      0, 0, 0,
    ]);
    expect(await readdir(join(tiny.folder, first, 'memory'))).toEqual([]);
  });

  it('go on when one of them finds its memory damaged, and everybody is told', async () => {
    const tiny = await writeTinyStudy(feedback);
    const { coordinator, join: joinAs } = await federate(tiny);
    const [first, ...others] = clientNames;
    others.forEach((name) => joinAs(name));
    await death(joinAs(first, /^student round 2: /m));
    const state = join(tiny.folder, first, 'memory');
    for (const name of (await readdir(state, { recursive: true })).filter((entry) => entry.endsWith('.memory'))) {
      await writeFile(join(state, name), 'torn');
    }
    const back = joinAs(first);
    await back.says(/^student round \d: what it kept from earlier rounds is damaged; started over$/m);
    await coordinator.says(/^ {2}person-03 started over: its memory is damaged$/m);
    expect(await coordinator.ended).toMatchObject({ code: 0 });
    const events = await readFile(join(tiny.folder, 'run', 'events.log'), 'utf8');
    expect(events).toMatch(/"event":"memory-lost","task":"student\/\d\/person-03",.*"reason":"damaged"/);
  });
});
