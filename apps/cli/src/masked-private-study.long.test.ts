import { lowestFloors } from '@gaitway/client';
import { createRng, syntheticPeople } from '@gaitway/core';
import { writeCsvFolder } from '@gaitway/node';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAuthority } from './testing/certificates.js';
import { deathAt, gaitway, type GaitwayProcess, startGaitway, startGaitwayAfter } from './testing/gaitway-process.js';
import { isInstalled } from './testing/is-installed.js';
import { temporaryFolder } from './testing/temporary-folder.js';
import { tinyStudy } from './testing/tiny-study.js';

const names = ['person-03', 'person-04', 'person-05', 'person-06', 'person-07'];
const revoked = 'person-05';

/** Three rounds, each a Gaussian mechanism with sigma 1: epsilon 8.385 (Balle and Wang 2018, exact). */
const budget = { unit: 'person', epsilon: 9, delta: 1e-5, clients: names.length };
const privacy = { clip: 0.5, noiseMultiplier: 1, sampling: 1 };

/**
 * A module that replaces the secrets of the privacy ledger by known ones, so that the noise of two runs can be compared. It
 * counts them in a file, because a run that goes on makes the next one.
 */
function knownSecrets(counter: string): string {
  const script = `
    import crypto from 'node:crypto';
    import { appendFileSync, readFileSync } from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const { randomBytes } = crypto;
    crypto.randomBytes = (size, ...more) => {
      if (!new Error().stack.includes('privacy-ledger')) {
        return randomBytes(size, ...more);
      }
      appendFileSync(${JSON.stringify(counter)}, '.');
      return Buffer.alloc(size, readFileSync(${JSON.stringify(counter)}).length);
    };
    syncBuiltinESMExports();`;
  return `data:text/javascript,${encodeURIComponent(script)}`;
}

interface Finished {
  readonly run: string;
  readonly ledger: string;
  readonly parameters: string;
  readonly stdout: string;
  readonly again: () => ReturnType<typeof gaitway>;
}

/**
 * Serves the study over TLS to five enrolled clients. The coordinator is killed after its first round, one client is revoked
 * meanwhile, and the study goes on with the other four.
 */
async function serve(student: object, requires: readonly string[]): Promise<Finished> {
  const folder = await temporaryFolder();
  const [data, study, keys, ledger] = ['data', 'study.json', 'keys', 'budget'].map((name) => join(folder, name));
  const people = { test: ['person-01'], labelled: ['person-02'], clients: names };
  const stage = { rounds: 3, cohort: { minimum: 4 }, coordinatorTakesPart: false, privacy, ...student };
  await writeFile(study!, JSON.stringify({ ...tinyStudy(stage), people, privacy: budget }));
  await writeCsvFolder(data!, syntheticPeople({ people: 7, secondsPerActivity: 12, rateHz: 20 }, createRng(1)));
  await writeFile(join(data!, 'policy.yaml'), JSON.stringify({ ...lowestFloors, requires }));
  const authority = await createAuthority();
  const { cert, key } = await authority.issue('DNS:localhost,IP:127.0.0.1');
  const where = ['--data', data!, '--backend', 'cpu'];
  const serving = (run: string): readonly string[] => [
    ...['coordinator', study!, ...where, '--run', join(folder, run), '--keys', keys!, '--enrolled'],
    ...['--tls-cert', cert, '--tls-key', key, '--budget', ledger!, '--json'],
  ];
  const secrets = knownSecrets(join(folder, 'secrets'));
  // The first ends after the teacher, the second after the first round on clients, for which all five are there.
  const first = startGaitwayAfter([secrets, deathAt(/^teacher: /m)], ...serving('run'), '--port', '0');
  const [, url = '', port = ''] = await first.says(/is open at (\S+:(\d+)\S*)/);
  const clients = new Map<string, GaitwayProcess>();
  const codes = names.map(async (name) => {
    const { stdout } = await gaitway('enrol', name, '--keys', keys!, '--url', url, '--json');
    return (JSON.parse(stdout) as { readonly code: string }).code;
  });
  const given = await Promise.all(codes);
  expect((await first.ended).code).toBeNull();
  expect((await gaitway('pause', join(folder, 'run'))).code).toBe(0);
  const second = startGaitwayAfter([secrets, deathAt(/^student 1\//m)], ...serving('run'), '--port', port);
  await second.says(/is open at/);
  names.forEach((name, index) => {
    const own = ['--people', name, '--state', join(folder, name), '--ca', authority.file, '--code', given[index]!];
    clients.set(name, startGaitway('client', url, ...where, ...own));
  });
  await Promise.all(names.map((name) => second.says(new RegExp(`^\\+ ${name} joined`, 'm'))));
  expect((await gaitway('resume', join(folder, 'run'))).code).toBe(0);
  expect((await second.ended).code).toBeNull();
  expect((await gaitway('revoke', revoked, '--keys', keys!)).code).toBe(0);
  const third = startGaitwayAfter([secrets], ...serving('run'), '--port', port);
  const { code, stdout, stderr } = await third.ended;
  expect(code).toBe(0);
  expect(stderr).not.toContain('Waiting up to'); // a client that was revoked has nothing to hear
  const endings = await Promise.all(names.map(async (name) => (await clients.get(name)?.ended)?.code));
  expect(endings).toEqual(names.map((name) => (name === revoked ? 1 : 0)));
  const { model } = JSON.parse(stdout) as { readonly model: { readonly parametersSha256: string } };
  return {
    run: join(folder, 'run'),
    ledger: ledger!,
    parameters: model.parametersSha256,
    stdout,
    again: () => gaitway(...serving('again'), '--port', '0'),
  };
}

describe.skipIf(!isInstalled('openssl'))('a masked and private study (skipped where openssl is not installed)', () => {
  it('goes on over a crash and a revocation, spends its budget once, and comes to the bits of one that is not masked', async () => {
    const masked = await serve({ secureAggregation: {} }, ['secureAggregation']);
    const plain = await serve({}, []);
    expect(masked.parameters).toBe(plain.parameters);

    expect(JSON.parse(masked.stdout)).toMatchObject({ privacy: { releases: 3, unit: 'person', budget: 9 } });
    const { epsilon } = (JSON.parse(masked.stdout) as { readonly privacy: { readonly epsilon: number } }).privacy;
    expect(epsilon).toBeCloseTo(8.3854, 3);
    expect(await readFile(join(masked.run, 'report.html'), 'utf8')).toMatch(
      /Differential privacy for each person.*8\.39.*>9</s,
    );
    const lines = (await readFile(join(masked.run, 'rounds.jsonl'), 'utf8')).trimEnd().split('\n');
    const rounds = lines.map((line) => JSON.parse(line) as { readonly stage: string; readonly clients: object[] });
    const asked = rounds.filter(({ stage }) => stage === 'student').map(({ clients }) => clients);
    const others = names.filter((name) => name !== revoked);
    expect(asked).toEqual(
      [names, others, others].map((each) => each.map((client) => ({ client, outcome: 'answered' }))),
    );

    const refused = await masked.again();
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/of which 8\.39 is spent/);
    expect((await readFile(join(masked.ledger, 'privacy.jsonl'), 'utf8')).trimEnd().split('\n')).toHaveLength(3);
  });
});
