import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway, startGaitway, type GaitwayProcess } from './testing/gaitway-process.js';
import { bitsOf, joinAs, names, writeStudy, writeVariant } from './testing/small-federation.js';

const choose = { candidates: { slow: { steps: 1 }, mirrored: { augment: { mirror: true }, steps: 2 } } };

interface Place {
  readonly study: string;
  readonly data: string;
  /** The folder of a run with that name. */
  readonly run: (name: string) => string;
}

async function choosing(): Promise<Place> {
  const { folder, data } = await writeStudy();
  const study = await writeVariant(folder, {});
  const written = JSON.parse(await readFile(study, 'utf8')) as object;
  await writeFile(study, JSON.stringify({ ...written, choose }));
  return { study, data, run: (name) => join(folder, name) };
}

async function document(run: string, name: string): Promise<Readonly<Record<string, object>>> {
  return JSON.parse(await readFile(join(run, name), 'utf8')) as Readonly<Record<string, object>>;
}

describe('a run whose recipe is chosen first', { timeout: 300_000 }, () => {
  it('keeps the choice, and ends with the same bits wherever it was killed', async () => {
    const { study, data, run } = await choosing();
    const start = (name: string): GaitwayProcess =>
      startGaitway('simulate', study, '--data', data, '--run', run(name), '--backend', 'cpu', '--workers', '1');
    expect(await start('whole').ended).toMatchObject({ code: 0 });
    const choice = await document(run('whole'), 'choice.json');
    expect((await document(run('whole'), 'result.json'))['choice']).toEqual(choice);
    expect((await document(run('whole'), 'study.json'))['study']).not.toHaveProperty('choose');
    expect(await readFile(join(run('whole'), 'report.html'), 'utf8')).toContain('Choice of the recipe');

    const choosingStill = start('killed');
    await choosingStill.says(/^mirrored 1\/2: without person-02 \(first half\), weighted F1/m);
    choosingStill.kill();
    await choosingStill.ended;
    const running = start('killed');
    await running.says(/^slow 1\/2: /m);
    await running.says(/^student 1\/2: /m);
    running.kill();
    await running.ended;
    const { code, stdout } = await start('killed').ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Resuming the run in /m);
    expect(stdout).not.toMatch(/^slow 1\/2: /m);
    expect(await bitsOf(run('killed'))).toEqual(await bitsOf(run('whole')));
    const other = await gaitway('simulate', study, '--data', data, '--run', run('killed'), '--seed', '2');
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('was chosen for another study');
  });

  it('is shown to clients with the recipe that was chosen', async () => {
    const { study, data, run } = await choosing();
    const coordinator = startGaitway(
      ...['coordinator', study, '--data', data, '--run', run('served'), '--backend', 'cpu', '--port', '0'],
    );
    const [, url = ''] = await coordinator.says(/is open at (\S+)/);
    const clients = names.map((name) => joinAs(url, name));
    expect(await coordinator.ended).toMatchObject({ code: 0 });
    expect(await Promise.all(clients.map(({ ending }) => ending))).toEqual(names.map(() => 'finished'));
    // No candidate is clearly better, so the first is chosen.
    expect(await document(run('served'), 'choice.json')).toMatchObject({ chosen: 'slow' });
    expect(await document(run('served'), 'study.json')).toMatchObject({ study: { stages: [{ steps: 1 }, {}, {}] } });
  });
});
