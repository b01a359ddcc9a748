import { DEFAULT_PORT } from '@gaitway/coordinator';
import { InvalidInput, StudyStopped } from '@gaitway/core';
import { gaitwayVersion, Interrupted } from '@gaitway/node';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeFailure } from './failure.js';
import { createProgram } from './program.js';

const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const systemd = ['coordinator', 'client'].map((name) => read(`deploy/systemd/gaitway-${name}@.service`));
const dockerfile = read('deploy/docker/Dockerfile');
const compose = read('deploy/docker/compose.yaml');
const job = read('deploy/helm/gaitway/templates/coordinator.yaml');

const hopeless = [new InvalidInput('study', []), new StudyStopped('')].map((error) => describeFailure(error).exitCode);

/** The words of all commands in the files, starting with the name of the sub-command. */
const commands = [
  ...systemd.flatMap((unit) =>
    [...unit.matchAll(/^ExecStart=\S+ \S+ (.*)$/gm)].map(([, words = '']) => words.split(' ')),
  ),
  ...[...compose.matchAll(/command:\s+\[([^\]]*)\]/g)].map(([, words = '']) => words.trim().split(/,\s*/)),
  [...(/args:\n((?: +(?:- |\{\{-).*\n)+)/.exec(job)?.[1] ?? '').matchAll(/ - (.*)/g)].map(([, word = '']) => word),
];

describe('the files for deployment', () => {
  it('start commands and name options that there are', async () => {
    const program = await createProgram(commands.flat());
    const known = new Map(program.commands.map((command) => [command.name(), command.options]));
    expect(commands.map(([name]) => name)).toEqual([
      'coordinator',
      'client',
      'coordinator',
      'client',
      'client',
      'client',
      'coordinator',
    ]);
    for (const [name = '', ...words] of commands) {
      const options = known.get(name)?.map(({ long }) => long);
      const named = words.filter((word) => word.startsWith('--'));
      expect(named).toContain('--data');
      expect(options).toEqual(expect.arrayContaining(named));
    }
  });

  it('do not start a process again that ended for good', () => {
    for (const unit of systemd) {
      expect(unit).toContain(`\nRestartPreventExitStatus=${hopeless.join(' ')}\n`);
      expect(unit).toContain(`\nSuccessExitStatus=${describeFailure(new Interrupted('SIGTERM')).exitCode}\n`);
    }
    expect(job).toContain(`values: [${hopeless.join(', ')}]`);
  });

  it('are of this version and use the port of coordinators', () => {
    const chart = read('deploy/helm/gaitway/Chart.yaml');
    expect(chart).toContain(`\nversion: ${gaitwayVersion}\nappVersion: ${gaitwayVersion}\n`);
    expect(compose).toContain(`image: gaitway:${gaitwayVersion}\n`);
    expect(dockerfile).toContain(`--tag gaitway:${gaitwayVersion} `);
    expect(dockerfile).toContain(`\nEXPOSE ${DEFAULT_PORT}\n`);
    expect(dockerfile).toContain(`http://127.0.0.1:${DEFAULT_PORT}/health`);
    expect(compose.match(/coordinator:\d+/g)).toEqual(Array.from({ length: 4 }, () => `coordinator:${DEFAULT_PORT}`));
    expect(job).toContain(`containerPort: ${DEFAULT_PORT}\n`);
    expect(job).toContain(`prometheus.io/port: '${DEFAULT_PORT}'\n`);
  });

  it('copy what is there, every package among it', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' '));
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Readonly<Record<string, unknown>> };
    const members = Object.keys(packages).filter(
      (path) => /^(libs|apps)\//.test(path) && !path.includes('node_modules'),
    );
    expect(copied).toEqual(expect.arrayContaining(members.map((path) => `${path}/package.json`)));
  });
});
