import { lowestFloors } from '@gaitway/client';
import { createRng, syntheticPeople } from '@gaitway/core';
import { writeCsvFolder } from '@gaitway/node';
import { readFileSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAuthority } from './testing/certificates.js';
import { gaitwayCommand, start, type GaitwayProcess } from './testing/gaitway-process.js';
import { isInstalled } from './testing/is-installed.js';
import { machinesFault, openMachine, type Machine } from './testing/machines.js';
import { temporaryFolder } from './testing/temporary-folder.js';
import { tinyStudy } from './testing/tiny-study.js';

const wards = ['ward-3', 'ward-4'] as const;

/** A section of a page of the documentation, by its heading. */
function section(page: string, heading: string): string {
  const text = readFileSync(join(import.meta.dirname, '../../..', page), 'utf8');
  return text.split(/^(?=#+ )/m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
}

/** What is between the fences of its blocks of code in one language, in order. */
function codeOf(text: string, language: string): readonly string[] {
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```/gm)].flatMap(([, found, code = '']) =>
    found === language ? [code] : [],
  );
}

/** The commands by which the documentation deploys a study. */
interface Documented {
  readonly coordinator: readonly string[];
  readonly enrol: readonly string[];
  readonly client: readonly string[];
}

function commandsOf(text: string): Documented {
  const lines = codeOf(text, 'sh').flatMap((code) => code.trimEnd().split('\n'));
  const [coordinator, enrol, client] = ['coordinator', 'enrol', 'client'].map((name) =>
    lines
      .find((line) => line.startsWith(`npx gaitway ${name} `))
      ?.split(' ')
      .slice(2),
  );
  return { coordinator: coordinator ?? [], enrol: enrol ?? [], client: client ?? [] };
}

/** Where a client reaches its coordinator, and what it has to be told for that. */
interface Site {
  readonly machine: Machine;
  readonly variables?: Readonly<Record<string, string>>;
}

/** A machine with a study and the recordings of the coordinator's people; what it trusts and shows are of an authority. */
async function openCoordinatorMachine(hostName: string): Promise<{ readonly machine: Machine; readonly ca: string }> {
  const machine = await openMachine();
  const at = (name: string): string => join(machine.folder, name);
  const study = { ...tinyStudy({ cohort: { minimum: wards.length, quorum: wards.length } }) };
  await writeFile(
    at('study.yaml'),
    JSON.stringify({ ...study, people: { test: ['person-01'], labelled: ['person-02'] } }),
  );
  await writeCsvFolder(at('labelled-recordings'), recordingsOf('person-01', 'person-02'));
  const authority = await createAuthority();
  const { cert, key } = await authority.issue(`DNS:${hostName}`);
  await copyFile(cert, at('cert.pem'));
  await copyFile(key, at('key.pem'));
  return { machine, ca: authority.file };
}

function recordingsOf(...people: readonly string[]): ReturnType<typeof syntheticPeople> {
  const all = syntheticPeople({ people: 2 + wards.length, secondsPerActivity: 12, rateHz: 20 }, createRng(1));
  return all.filter(({ subject }) => people.includes(subject));
}

/** Starts a command of the documentation on a machine. */
function startOn(machine: Machine, folder: string, args: readonly string[], variables = {}): GaitwayProcess {
  return start([...machine.command, ...gaitwayCommand, ...args], { folder, variables });
}

/** Conducts the study as it is documented, from codes to its end; what the coordinator and the clients came to. */
async function conduct(
  documented: Documented,
  coordinator: Machine,
  site: Site,
  ca: string,
): Promise<readonly (number | null)[]> {
  const onCoordinator = (args: readonly string[]): GaitwayProcess => startOn(coordinator, coordinator.folder, args);
  const conducting = onCoordinator([...documented.coordinator, '--backend', 'wasm']);
  await conducting.says(/is open at/);
  const clients = await Promise.all(
    wards.map(async (ward, index) => {
      const { stdout } = await onCoordinator(documented.enrol.map((word) => word.replace('ward-3', ward))).ended;
      const [code = ''] = /ward-\d:[0-9a-f-]+:[0-9a-f-]+/.exec(stdout) ?? [];
      const folder = await temporaryFolder();
      await writeCsvFolder(join(folder, 'recordings'), recordingsOf(`person-0${index + 3}`));
      await writeFile(join(folder, 'recordings', 'policy.yaml'), JSON.stringify(lowestFloors));
      const args = documented.client.map((word) => (word.startsWith('ward-3:') ? code : word.replace('ward-3', ward)));
      return startOn(site.machine, folder, [...args, '--ca', ca, '--backend', 'wasm'], site.variables);
    }),
  );
  const ends = await Promise.all([conducting, ...clients].map(({ ended }) => ended));
  return ends.map(({ code }) => code);
}

const allWell = Array.from({ length: 1 + wards.length }, () => 0);
const fault = process.platform === 'linux' ? machinesFault() : 'they are made by Linux';

describe.skipIf(fault !== undefined || !isInstalled('openssl'))(
  `a study between machines${fault === undefined ? '' : ` (skipped without network namespaces: ${fault})`}`,
  () => {
    it('is deployed by the commands of the README', async () => {
      const name = 'coordinator.example';
      const { machine, ca } = await openCoordinatorMachine(name);
      const site = await openMachine();
      await site.know({ [name]: site.connect(machine) });
      const documented = commandsOf(section('README.md', '## Deployment: a coordinator and its clients'));
      expect(await conduct(documented, machine, { machine: site }, ca)).toEqual(allWell);
    });

    it.skipIf(!isInstalled('nginx'))(
      'is deployed behind nginx as it is documented (skipped where it is not installed)',
      async () => {
        const name = 'studies.example.org';
        const { machine, ca } = await openCoordinatorMachine(name);
        const site = await openMachine();
        await site.know({ [name]: site.connect(machine) });
        const page = section('docs/operating.md', '## Reverse proxies');
        const nginx = await startNginx(machine, page, name);
        expect(await conduct(commandsOf(page), machine, { machine: site }, ca)).toEqual(allWell);
        nginx.terminate();
        await nginx.ended;
        const requests = (await readFile(join(machine.folder, 'access.log'), 'utf8')).trimEnd().split('\n');
        const upgraded = /^GET \/gaitway\/socket\.io\/\S+websocket HTTP\/1\.1 101$/;
        expect(requests.length).toBeGreaterThanOrEqual(wards.length);
        expect(requests.filter((line) => !upgraded.test(line))).toEqual([]);
      },
    );

    it.skipIf(!isInstalled('tinyproxy'))(
      'is deployed where only tinyproxy leads out, as it is documented (skipped where it is not installed)',
      async () => {
        const name = 'coordinator.example';
        const { machine, ca } = await openCoordinatorMachine(name);
        const [between, site] = [await openMachine(), await openMachine()];
        await between.know({ [name]: between.connect(machine) });
        await site.know({ 'proxy.example.org': site.connect(between) });
        const proxy = await startTinyproxy(between);
        const [, address = ''] =
          /`HTTPS_PROXY=(\S+)`/.exec(section('docs/operating.md', '## Forward proxies and tunnels')) ?? [];
        const documented = commandsOf(section('README.md', '## Deployment: a coordinator and its clients'));
        const behind: Site = { machine: site, variables: { HTTPS_PROXY: address } };
        expect(await conduct(documented, machine, behind, ca)).toEqual(allWell);
        proxy.terminate();
        expect((await proxy.ended).stdout).toContain(`CONNECT ${name}:7070 HTTP/1.1`);
      },
    );
  },
);

/** Starts nginx with the documented location and variable, and the certificate of the machine. It logs each request. */
async function startNginx(machine: Machine, page: string, name: string): Promise<GaitwayProcess> {
  const [location = ''] = codeOf(page, 'nginx');
  const [, map = ''] = /`(map [^`]*)`/.exec(page) ?? [];
  const at = (file: string): string => join(machine.folder, file);
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const settings = `daemon off;
master_process off;
pid ${at('nginx.pid')};
error_log stderr notice;
events {}
http {
  ${kinds.map((kind) => `${kind}_temp_path ${at(kind)};`).join('\n  ')}
  log_format requests '$request $status';
  access_log ${at('access.log')} requests;
  ${map}
  server {
    listen 443 ssl;
    server_name ${name};
    ssl_certificate ${at('cert.pem')};
    ssl_certificate_key ${at('key.pem')};
    ${location}
  }
}
`;
  await writeFile(at('nginx.conf'), settings);
  const nginx = start([...machine.command, 'nginx', '-c', at('nginx.conf')]);
  await nginx.says(/using the "\w+" event method/); // it listens by then
  return nginx;
}

/** Starts tinyproxy on the port that the documentation names. */
async function startTinyproxy(machine: Machine): Promise<GaitwayProcess> {
  const settings = join(machine.folder, 'tinyproxy.conf');
  await writeFile(settings, 'Port 3128\nTimeout 600\nLogLevel Info\nMaxClients 20\n');
  const proxy = start([...machine.command, 'tinyproxy', '-d', '-c', settings]);
  await proxy.says(/Accepting connections/);
  return proxy;
}
