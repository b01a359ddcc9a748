import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway, startGaitway } from './testing/gaitway-process.js';
import { clientNames, type TinyStudy, writeTinyStudy } from './testing/tiny-study.js';

interface Served {
  readonly code: number | null;
  readonly parameters: string;
  readonly run: string;
}

/** Serves a study to its three clients. */
async function serve({ folder, study, data }: TinyStudy): Promise<Served> {
  const run = join(folder, 'served');
  const options = ['--data', data, '--run', run, '--backend', 'cpu', '--port', '0', '--json'];
  const coordinator = startGaitway('coordinator', study, ...options);
  const [, url = ''] = await coordinator.says(/is open at (\S+)/);
  const clients = clientNames.map((name) =>
    gaitway('client', url, '--data', data, '--backend', 'cpu', '--people', name),
  );
  expect((await Promise.all(clients)).map(({ code }) => code)).toEqual([0, 0, 0]);
  const { code, stdout } = await coordinator.ended;
  return { code, parameters: parametersIn(stdout), run };
}

async function simulate({ folder, study, data }: TinyStudy): Promise<string> {
  const run = join(folder, 'simulated');
  const { stdout } = await gaitway('simulate', study, '--data', data, '--run', run, '--backend', 'cpu', '--json');
  return parametersIn(stdout);
}

function parametersIn(stdout: string): string {
  return (JSON.parse(stdout) as { readonly model: { readonly parametersSha256: string } }).model.parametersSha256;
}

describe('a study whose updates are masked', () => {
  it('comes to the same bits as without masks, and shows no figure of a single client', async () => {
    const masked = await serve(await writeTinyStudy({ secureAggregation: {} }));
    expect(masked.code).toBe(0);
    expect(masked.parameters).toBe(await simulate(await writeTinyStudy()));
    const lines = (await readFile(join(masked.run, 'rounds.jsonl'), 'utf8')).trimEnd().split('\n');
    const rounds = lines.map((line) => JSON.parse(line) as { readonly stage: string; readonly clients: object[] });
    expect(rounds.filter(({ stage }) => stage === 'student').map(({ clients }) => clients)).toEqual(
      [1, 2].map(() => [
        expect.objectContaining({ client: 'coordinator', outcome: 'answered' }) as object,
        ...clientNames.map((client) => ({ client, outcome: 'answered' })),
      ]),
    );
  });
});
